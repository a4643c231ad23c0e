/** A plan's JSON without what two clients may choose freely: numbers of relations, names of lambda variables, call sites. */

type Json = null | boolean | number | string | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [key: string]: Json;
}

interface Numbering {
  readonly planIds: Map<Json, string>;
  variables: number;
}

/**
 * Optional fields that PySpark fills with what their absence means as well, by the message they belong to. Nothing else is
 * passed over: a field that only one client sets is a difference.
 */
const SAME_AS_ABSENT: Readonly<Record<string, JsonObject>> = {
  unresolvedAttribute: { isMetadataColumn: false },
  deduplicate: { withinWatermark: false, allColumnsAsKeys: false },
  dataSource: { schema: '' },
};

/** New name by old name, for the variables that are visible. */
type Scope = ReadonlyMap<string, string>;

/**
 * Relations are numbered from 0, inputs first; lambda variables in the order in which they are bound. Keys are sorted, since
 * two JSON writers order them in two ways.
 * @param plan of either client, as its JSON writer gives it
 */
export function normalise(plan: unknown): unknown {
  return normalised(plan as Json, { planIds: new Map(), variables: 0 }, new Map());
}

function normalised(value: Json, numbering: Numbering, scope: Scope): Json {
  if (isList(value)) return value.map((element) => normalised(element, numbering, scope));
  // JSON text has no negative zero.
  if (Object.is(value, -0)) return '-0';
  if (!isObject(value)) return value;
  const { common, ...parts } = value;
  if (isLambda(parts)) return { lambdaFunction: lambda(parts.lambdaFunction, numbering, scope) };
  if (isVariable(parts))
    return { unresolvedNamedLambdaVariable: renamed(parts.unresolvedNamedLambdaVariable, scope) as unknown as Json };
  const sorted = Object.entries(parts).sort(([first], [second]) => (first < second ? -1 : 1));
  const copy = Object.fromEntries(
    sorted.map(([key, part]) => [key, normalised(spare(key, freed(key, part, numbering)), numbering, scope)]),
  );
  if (!isObject(common)) return common === undefined ? copy : { common, ...copy };
  const { planId, origin: _callSite, ...rest } = common;
  const kept = planId === undefined ? rest : { ...rest, planId: numbered(planId, numbering) };
  return Object.keys(kept).length === 0 ? copy : { common: kept, ...copy };
}

function spare(message: string, fields: Json): Json {
  const absent = SAME_AS_ABSENT[message];
  if (absent === undefined || !isObject(fields)) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([key, value]) => absent[key] !== value));
}

const OF_A_RELATION = new Set(['unresolvedAttribute', 'unresolvedRegex', 'subqueryExpression']);

/** Fields that may be written in more than one way: of which relation something is, and JSON in a text. */
function freed(message: string, fields: Json, numbering: Numbering): Json {
  if (message === 'aliases' && isList(fields)) return fields.map((one) => freed('alias', one, numbering));
  if (!isObject(fields)) return fields;
  const { planId, metadata } = fields;
  if (OF_A_RELATION.has(message) && planId !== undefined) return { ...fields, planId: numbered(planId, numbering) };
  if (message !== 'alias' || typeof metadata !== 'string') return fields;
  return { ...fields, metadata: JSON.stringify(JSON.parse(metadata)) };
}

function numbered(planId: Json, { planIds }: Numbering): string {
  const number = planIds.get(planId) ?? String(planIds.size);
  planIds.set(planId, number);
  return number;
}

interface Variable {
  readonly nameParts: readonly string[];
}

interface Lambda {
  readonly function: Json;
  readonly arguments: readonly Variable[];
}

function lambda({ function: body, arguments: variables }: Lambda, numbering: Numbering, scope: Scope): Json {
  const names = variables.map(({ nameParts }): [string, string] => [nameParts.join('.'), `v${numbering.variables++}`]);
  const inner: Scope = new Map([...scope, ...names]);
  return {
    arguments: names.map(([, name]) => ({ nameParts: [name] })),
    function: normalised(body, numbering, inner),
  };
}

function renamed({ nameParts }: Variable, scope: Scope): Variable {
  const name = nameParts.join('.');
  const bound = scope.get(name);
  // A variable that no lambda binds is a fault of the plan, and stays visible as one.
  return { nameParts: [bound ?? `unbound ${name}`] };
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLambda(value: object): value is { lambdaFunction: Lambda } {
  return 'lambdaFunction' in value && isObject(value.lambdaFunction as Json);
}

function isVariable(value: object): value is { unresolvedNamedLambdaVariable: Variable } {
  return 'unresolvedNamedLambdaVariable' in value && isObject(value.unresolvedNamedLambdaVariable as Json);
}
