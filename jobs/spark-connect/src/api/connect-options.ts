/** How a session is opened. */
import type { Progress } from '../progress/progress.ts';
import type { TlsOptions } from '../protocol/tls.ts';

export interface ConnectOptions {
  /** `sc://host[:port][/;key=value;…]`; without it the environment variable SPARK_REMOTE. */
  readonly remote?: string | undefined;
  /** Confs of the session, such as `spark.sql.session.timeZone`; set by one call. */
  readonly conf?: Readonly<Record<string, string>> | undefined;
  /**
   * Which of the server's own `spark.sql.` settings the session has too; without it all. The others get Spark's built-in
   * defaults, as far as a session can change them, before {@link ConnectOptions.conf} is set. Keep `spark.sql.artifact.`, which
   * the server sets for each session.
   */
  readonly inheritsConf?: ((key: string) => boolean) | undefined;
  /** Who we are, in Spark's UI and logs. */
  readonly userAgent?: string | undefined;
  /** Aborting it interrupts every operation on the server; pending calls reject with code `interrupted`. */
  readonly signal?: AbortSignal | undefined;
  /** About every two seconds for each operation that runs, and once when it is over, such as {@link terminalProgress}. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** The oldest server that will do, such as `4.2.0`. */
  readonly minVersion?: string | undefined;
  /** For the connection itself; 10 s. */
  readonly connectTimeoutMs?: number | undefined;
  /** How long a call is tried again whose way to the server broke, from the first failure on; 10 minutes. */
  readonly retryBudgetMs?: number | undefined;
  /** How often, without any success between; 15. */
  readonly maxRetries?: number | undefined;
  /** A connection with a call under way is pinged after this time, and dead without an answer 20 s later; 60 s. Servers hang up on pings that come too often. */
  readonly linkCheckMs?: number | undefined;
  /** An idle session is asked something after this time, so that the server keeps it; 10 minutes, 0 for never. */
  readonly keepAliveMs?: number | undefined;
  /** Whom to trust and who we are; switches TLS on. Without it `use_ssl=true` or a token in the address do, with Node's trust. */
  readonly tls?: TlsOptions | undefined;
  /** A token may go over plain text (`use_ssl=false`), to this machine itself and nowhere else. */
  readonly allowPlaintextToken?: boolean | undefined;
}
