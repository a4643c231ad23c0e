/**
 * Who may do what in the stack's store: one key a role, and the folders that each may touch. `npm run generate` writes it as
 * docker/object-store/policies.json, a bucket policy with names to fill in. The operator's key is the store's own and may do all.
 */
import type { Layout } from 'lake';

export const ROLES = ['dataload', 'prepare', 'health', 'spark'] as const;
export type Role = (typeof ROLES)[number];

const PLACES = ['lake', 'output'] as const;
type Place = (typeof PLACES)[number];

/** An object that was replaced is kept as a version, and nobody but the operator may look at one or remove it. */
const ACTIONS = {
  list: ['s3:ListBucket'],
  'list uploads': ['s3:ListBucketMultipartUploads'],
  read: ['s3:GetObject'],
  write: ['s3:PutObject', 's3:AbortMultipartUpload'],
  remove: ['s3:DeleteObject'],
  'read, write and remove': ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:DeleteObject'],
} as const;

interface Grant {
  readonly who: readonly Role[];
  readonly may: keyof typeof ACTIONS;
  /** True where they may not, whatever else is said. */
  readonly not?: true;
  /** Patterns of keys below the root of the place; a star stands for any text, slashes too. None where the right is to the bucket. */
  readonly at: readonly string[];
}

function grantsOf({ roots, table, allStaging, manifests }: Layout): Record<Place, readonly Grant[]> {
  const below = (folder: string): string => `${folder}/*`;
  const [events, quarantine] = [below(roots.landing.prefix), below(roots.quarantine.prefix)];
  const [staging, recipes, everyManifest] = [below(allStaging), below(table), below(manifests)];
  const ofDataload = ['landing', 'dataload'].map((step) => below(`${manifests}/${step}`));
  // Raw events are others' own; what dataload lands itself has a name that no file of theirs has.
  const landed = `${events}/kafka.parquet`;
  return {
    lake: [
      { who: ROLES, may: 'list', at: [events, recipes, staging] },
      // The pages and the check tell of every day: what landed, what is published, what is missing.
      { who: ['dataload', 'prepare', 'health'], may: 'list', at: [quarantine, everyManifest] },
      { who: ['dataload', 'prepare', 'spark'], may: 'read, write and remove', at: [staging] },
      { who: ['dataload', 'spark'], may: 'read', at: [events] },
      { who: ROLES, may: 'read', at: [recipes] },
      { who: ['dataload'], may: 'write', at: [landed, recipes, quarantine, ...ofDataload] },
      { who: ['dataload'], may: 'read', at: ofDataload },
      { who: ['prepare', 'health'], may: 'read', at: [landed, everyManifest] },
      // What a killed run left is no part of a healthy lake.
      { who: ['health'], may: 'list uploads', at: [] },
      // A new report has a folder of its own there.
      { who: ['prepare'], may: 'write', at: [everyManifest] },
      { who: ['prepare'], may: 'write', not: true, at: ofDataload },
    ],
    output: [
      // It looks whether the output is there, before a night's work that nobody could report on.
      { who: ['dataload'], may: 'list', at: [staging] },
      { who: ['prepare', 'health'], may: 'list', at: ['*'] },
      { who: ['health'], may: 'list uploads', at: [] },
      { who: ['prepare', 'health'], may: 'read', at: ['*'] },
      { who: ['prepare'], may: 'write', at: ['*'] },
      // The index, which tells of refused days too.
      { who: ['health'], may: 'write', at: ['pages/*'] },
      { who: ['prepare'], may: 'remove', at: [staging] },
    ],
  };
}

type OneOrMore = string | readonly string[];

/** The brackets around a single one would count: see {@link policyTemplate}. */
const oneOrMore = (texts: readonly string[]): OneOrMore => (texts.length === 1 ? texts[0]! : texts);

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal: OneOrMore;
  readonly Action: OneOrMore;
  readonly Resource: OneOrMore;
  readonly Condition?: { readonly StringLike: { readonly 's3:prefix': OneOrMore } };
}

export type PolicyTemplate = Readonly<Record<Place, readonly Statement[]>>;

/**
 * Statements in which `${BUCKET}`, `${ROOT}` (empty, or a prefix with its slash) and the name of a role stand for what a stack has.
 * One for several roles and folders where it can: the gateway keeps a policy beside the bucket's folder, where ext4 has 4 KB.
 */
export function policyTemplate(layout: Layout): PolicyTemplate {
  const { lake, output } = grantsOf(layout);
  return { lake: lake.map(statement), output: output.map(statement) };
}

const BUCKET = 'arn:aws:s3:::${BUCKET}';

function statement({ who, may, not, at }: Grant): Statement {
  const rooted = at.map((pattern) => `\${ROOT}${pattern}`);
  const common = {
    Effect: not === true ? ('Deny' as const) : ('Allow' as const),
    Principal: oneOrMore(who.map((role) => `\${${role.toUpperCase()}}`)),
    Action: oneOrMore(ACTIONS[may]),
  };
  if (at.length === 0) return { ...common, Resource: BUCKET };
  if (may !== 'list') return { ...common, Resource: oneOrMore(rooted.map((pattern) => `${BUCKET}/${pattern}`)) };
  return { ...common, Resource: BUCKET, Condition: { StringLike: { 's3:prefix': oneOrMore(rooted) } } };
}
