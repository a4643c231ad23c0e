/** The stack's own cluster, as its profile starts it, with a driver beside that of the stack. */
import { randomBytes } from 'node:crypto';
import { imageOf, LOCKED_UP, SHORT_LIVED } from '../images/image-docker.ts';
import { CLUSTER, compose } from '../../stack/stack.ts';
import { docker, logsOf, serviceContainers, until, type RunningStack } from './running-stack.ts';

export interface SparkCluster extends AsyncDisposable {
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
  let driver: string | undefined;
  const end = async (): Promise<void> => {
    if (driver !== undefined) docker('rm', '--force', driver);
    await compose(stack, '--profile', 'cluster', 'rm', '--stop', '--force', '--volumes', ...CLUSTER);
    docker('volume', 'rm', '--force', certificates);
  };
  try {
    docker('volume', 'create', certificates);
    await compose(stack, '--profile', 'cluster', 'up', '--detach', '--wait', ...CLUSTER);
    const master = { SPARK_MASTER: 'spark://spark-master:7077' };
    const names = { SPARK_CERTIFICATE_NAMES: 'spark-cluster,localhost' };
    const variables = Object.entries({ ...SHORT_LIVED, ...master, ...secret, ...names });
    const values = variables.flatMap(([key, value]) => ['--env', `${key}=${value}`]);
    const placed = ['--network', network, '--name', `${network}-spark-cluster`, '--hostname', 'spark-cluster'];
    const known = [...placed, '--network-alias', 'spark-cluster', '--volume', `${certificates}:/run/certificates`];
    const started = docker('run', '--detach', ...known, ...SANDBOX, ...values, image, 'connect').trim();
    driver = started;
    await until('the driver is healthy', () => {
      const state = docker('inspect', '--format', '{{.State.Status}} {{.State.Health.Status}}', started).trim();
      if (state.startsWith('exited')) throw new Error(`the driver ended: ${logsOf(started)}`);
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
        const node = ['run', '--rm', '--network', `container:${started}`, 'node:24-bookworm-slim', 'node'];
        return Number(docker(...node, '--input-type=module', '--eval', script));
      },
      logs: () => [started, ...CLUSTER.flatMap((service) => serviceContainers(stack, service))].map(logsOf).join('\n'),
      [Symbol.asyncDispose]: end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}
