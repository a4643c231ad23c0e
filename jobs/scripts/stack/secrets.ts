/** The secrets of one stack: made once, kept in a file of `NAME=value` lines that git ignores. */

export type Secrets = Readonly<Record<string, string>>;

/** What each secret is made of; the lengths are those that their readers ask for. */
const SECRETS: Readonly<Record<string, (bytes: (count: number) => Buffer) => string>> = {
  POSTGRES_PASSWORD: (bytes) => bytes(24).toString('hex'),
  // Fernet takes 32 bytes, in the URL's alphabet with its padding.
  AIRFLOW_FERNET_KEY: (bytes) => `${bytes(32).toString('base64url')}=`,
  // Shorter keys than 64 bytes are warned of.
  AIRFLOW_JWT_SECRET: (bytes) => bytes(64).toString('base64url'),
  AIRFLOW_SECRET_KEY: (bytes) => bytes(64).toString('base64url'),
  AIRFLOW_ADMIN_PASSWORD: (bytes) => bytes(12).toString('base64url'),
  AIRFLOW_CI_PASSWORD: (bytes) => bytes(24).toString('base64url'),
  S3_ACCESS_KEY_ID: (bytes) => `etl${bytes(8).toString('hex')}`,
  S3_SECRET_ACCESS_KEY: (bytes) => bytes(30).toString('hex'),
  SPARK_TOKEN: (bytes) => bytes(32).toString('hex'),
};

const HEAD = `# Made by npm run up: secrets of this machine's stack. Not for git; rotate one by removing its line (dags/RUNBOOK.md).\n`;

/** @throws Error naming a line that is not NAME=value */
export function parseSecrets(text: string): Secrets {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line: line.trim(), number: index + 1 }));
  return Object.fromEntries(
    lines
      .filter(({ line }) => line !== '' && !line.startsWith('#'))
      .map(({ line, number }) => {
        const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/.exec(line) ?? [];
        if (name === undefined || value === undefined) {
          throw new Error(`line ${number} of the file of secrets is not NAME=value: correct or remove it`);
        }
        return [name, value];
      }),
  );
}

/** @returns the known ones as they are, and those that are missing or empty made with `bytes` */
export function withMissingSecrets(known: Secrets, bytes: (count: number) => Buffer): Secrets {
  const made = Object.entries(SECRETS)
    .filter(([name]) => !known[name])
    .map(([name, make]) => [name, make(bytes)]);
  return { ...known, ...Object.fromEntries(made) };
}

export const formatSecrets = (secrets: Secrets): string =>
  HEAD + Object.entries(secrets).reduce((text, [name, value]) => `${text}${name}=${value}\n`, '');
