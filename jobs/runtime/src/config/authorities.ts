/** The certificates of authorities that a configuration names. */
import { readFileSync } from 'node:fs';
import { LakeError } from 'lake';

/** @param file in PEM @param key that names it, for the message @returns its content @throws LakeError config where it cannot be read or holds none */
export function readAuthorities(file: string, key: string): string {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new LakeError('config', `${key}: ${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
  if (content.includes('-----BEGIN CERTIFICATE-----')) return content;
  throw new LakeError('config', `${key}: ${file} holds no certificate in PEM`);
}
