/** How a configuration refers to a value that AWS holds: `ssm:/path`, `secretsmanager:name`, `secretsmanager:name#key`. */

export type Reference =
  | { readonly service: 'ssm'; readonly name: string }
  /** Without a key the whole text of the secret is meant. */
  | { readonly service: 'secretsmanager'; readonly name: string; readonly key: string | undefined };

const SERVICE = /^(ssm|secretsmanager):(.*)$/s;
/** The last part is a version or a label. */
const PARAMETER = /^(\/[\w.-]+)+(:[\w.-]+)?$/;
const SECRET = /^([\w/+=.@-]+|arn:[\w-]+:secretsmanager:[\w-]+:\d+:secret:[\w/+=.@-]+)$/;

export const isReference = (text: string): boolean => SERVICE.test(text);

/** @param text that {@link isReference} @throws Error where it is ill-formed */
export function parseReference(text: string): Reference {
  const [, service, rest = ''] = SERVICE.exec(text) ?? [];
  if (service === 'ssm') {
    if (PARAMETER.test(rest)) return { service, name: rest };
    throw new Error(`${text} is ill-formed; write ssm:/path, of letters, digits and the signs . - _ /`);
  }
  const at = rest.indexOf('#');
  const [name, key] = at === -1 ? [rest, undefined] : [rest.slice(0, at), rest.slice(at + 1)];
  if (SECRET.test(name) && key !== '') return { service: 'secretsmanager', name, key };
  throw new Error(
    `${text} is ill-formed; write secretsmanager:name or secretsmanager:name#key, the name may be an ARN`,
  );
}
