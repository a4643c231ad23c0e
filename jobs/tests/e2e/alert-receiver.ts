/** A webhook of Slack's kind on this host, which the stack's scheduler reaches: the alerts of the end-to-end tests. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { docker, serviceContainer, type RunningStack } from './running-stack.ts';

const CONNECTION = 'recipe_etl_slack';

export interface AlertReceiver extends AsyncDisposable {
  /** @returns the alerts that name the day, each as its first line */
  of(day: string): readonly string[];
  readonly all: readonly string[];
}

/** Configures the stack's Airflow to send its alerts here, as long as this is not disposed of. */
export async function receiveAlerts({ stack }: RunningStack): Promise<AlertReceiver> {
  const all: string[] = [];
  const receive = async (request: IncomingMessage, answer: ServerResponse): Promise<void> => {
    all.push((JSON.parse(await text(request)) as { text: string }).text);
    answer.end('ok');
  };
  const server = createServer((request, answer) => void receive(request, answer));
  server.listen(0, '0.0.0.0');
  await once(server, 'listening');
  const scheduler = serviceContainer(stack, 'airflow-scheduler');
  const network = `${stack.settings.COMPOSE_PROJECT_NAME}-airflow`;
  const host = docker('network', 'inspect', '--format', '{{(index .IPAM.Config 0).Gateway}}', network).trim();
  const address = `http://${host}:${(server.address() as AddressInfo).port}/services/for-tests`;
  const connections = (...words: readonly string[]) => docker('exec', scheduler, 'airflow', 'connections', ...words);
  connections('add', CONNECTION, '--conn-type', 'slackwebhook', '--conn-password', address);
  return {
    all,
    of: (day) => all.filter((alert) => alert.includes(day)).map((alert) => alert.split('\n')[0] ?? ''),
    async [Symbol.asyncDispose]() {
      connections('delete', CONNECTION);
      server.closeAllConnections();
      server.close();
    },
  };
}
