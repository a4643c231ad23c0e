/** Decides which failures mean that the two sides do not trust each other: trying again would change nothing. */
import { SparkError } from '../errors.ts';
import { type RpcFailure, Status } from './transport.ts';

type Said = Pick<RpcFailure, 'status' | 'message'>;

const NO_TRUST = 'Give the authority that signed its certificate as tls.caFile';

/** What TLS libraries say, and what helps. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/unable to (verify the first|get (local )?issuer) certificate|self[- ]signed certificate/i, NO_TRUST],
  [
    /certificate has expired|certificate is not yet valid/i,
    'Its certificate is out of date, or the clock of one side is',
  ],
  [/altnames|Hostname\/IP does not match/i, 'Its certificate is for other host names: use one of them in the address'],
  [
    /certificate required|bad certificate|unknown ca\b|alert number (42|46|48|116)\b|sslv3 alert/i,
    'It refused this client: give tls.certFile and tls.keyFile of a certificate that it knows',
  ],
  [/wrong version number|packet length too long/i, 'It does not speak TLS: use_ssl=false if that is meant to be'],
];

/** What to do about a connection that TLS refuses; undefined for every other failure. */
export function tlsAdvice({ status, message }: Said): string | undefined {
  if (status !== Status.UNAVAILABLE) return undefined;
  return ADVICE.find(([pattern]) => pattern.test(message))?.[1];
}

/** The token is wrong, or there is none. */
export function tokenRefused(failure: RpcFailure, server: string): SparkError {
  const text = `The Spark Connect server at ${server} refused the token, or wants one: ${failure.message}`;
  const advice = 'Check "token" in the address: sc://host:port/;token=…';
  return new SparkError('usage', `${text.replace(/\.?$/, '.')} ${advice}`, { cause: failure });
}
