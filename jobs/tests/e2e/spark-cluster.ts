/** A standalone Spark cluster on the stack's network: a master, a worker and their driver, of the spark-connect image. */
import { randomBytes } from 'node:crypto';
import { imageOf, LOCKED_UP, SHORT_LIVED } from '../images/image-docker.ts';
import { docker, logsOf, until, type RunningStack } from './running-stack.ts';

export interface SparkCluster extends Disposable {
  /** Where its driver is reached from the network. */
  readonly remote: string;
  /** The volume with the certificate of its driver. */
  readonly certificates: string;
  /** Cores of the executors that the driver has now. */
  executorCores(): number;
  /** Every container's log. */
  logs(): string;
}

const SANDBOX = [...LOCKED_UP, '--tmpfs', '/tmp', '--tmpfs', '/work:exec,mode=1777'];

export async function startCluster({ stack }: RunningStack): Promise<SparkCluster> {
  const network = stack.settings.RECIPE_ETL_NETWORK;
  const image = imageOf('spark-connect');
  const certificates = `${network}-cluster-certificates`;
  const secret = {
    SPARK_CONNECT_AUTHENTICATE_TOKEN: randomBytes(16).toString('hex'),
    AWS_ACCESS_KEY_ID: stack.secrets['S3_SPARK_ACCESS_KEY_ID'] ?? '',
    AWS_SECRET_ACCESS_KEY: stack.secrets['S3_SPARK_SECRET_ACCESS_KEY'] ?? '',
  };
  const ids: string[] = [];
  const start = (name: string, word: string, variables: Record<string, string>, ...options: string[]): string => {
    const values = Object.entries({ ...SHORT_LIVED, ...variables }).flatMap(([key, value]) => [
      '--env',
      `${key}=${value}`,
    ]);
    const placed = ['--network', network, '--name', `${network}-${name}`, '--hostname', name, '--network-alias', name];
    const id = docker('run', '--detach', ...placed, ...SANDBOX, ...values, ...options, image, word).trim();
    ids.push(id);
    return id;
  };
  const end = (): void => {
    if (ids.length > 0) docker('rm', '--force', ...ids);
    docker('volume', 'rm', '--force', certificates);
  };
  try {
    docker('volume', 'create', certificates);
    const master = { SPARK_MASTER: 'spark://spark-master:7077' };
    start('spark-master', 'master', {});
    start('spark-worker', 'worker', { ...master, ...secret, SPARK_WORKER_CORES: '2', SPARK_WORKER_MEMORY: '1g' });
    const names = { SPARK_CERTIFICATE_NAMES: 'spark-cluster,localhost' };
    const volume = ['--volume', `${certificates}:/run/certificates`];
    const driver = start('spark-cluster', 'connect', { ...master, ...secret, ...names }, ...volume);
    await until('the driver is healthy', () => {
      const state = docker('inspect', '--format', '{{.State.Status}} {{.State.Health.Status}}', driver).trim();
      if (state.startsWith('exited')) throw new Error(`the driver ended: ${logsOf(driver)}`);
      return state === 'running healthy';
    });
    return {
      remote: `sc://spark-cluster:15002/;use_ssl=true;token=${secret.SPARK_CONNECT_AUTHENTICATE_TOKEN}`,
      certificates,
      executorCores() {
        const url = 'http://127.0.0.1:4041/api/v1/applications';
        const script = `const [app] = await (await fetch('${url}')).json();
          const all = await (await fetch('${url}/' + app.id + '/executors')).json();
          console.log(all.filter((one) => one.id !== 'driver').reduce((sum, one) => sum + one.totalCores, 0));`;
        const node = ['run', '--rm', '--network', `container:${driver}`, 'node:24-bookworm-slim', 'node'];
        return Number(docker(...node, '--input-type=module', '--eval', script));
      },
      logs: () => ids.map(logsOf).join('\n'),
      [Symbol.dispose]: end,
    };
  } catch (error) {
    end();
    throw error;
  }
}
