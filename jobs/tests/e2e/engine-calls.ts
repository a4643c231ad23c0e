/** Calls of the Docker engine as the scheduler can make them, by the proxy between the two. */
import { execFileSync } from 'node:child_process';
import { docker, serviceContainer, type RunningStack } from './running-stack.ts';

const ENGINE = 'http://engine-proxy:2375';

/** The body with which a job's container is made, as docker-py writes it. */
export interface CreateBody {
  readonly Image: string;
  readonly Env: readonly string[];
  readonly HostConfig: Readonly<Record<string, unknown>>;
}

export function createBodyOf({ stack }: RunningStack): CreateBody {
  // Another one after a deployment.
  const told = docker(
    'inspect',
    '--format',
    '{{range .Config.Env}}{{println .}}{{end}}',
    serviceContainer(stack, 'engine-proxy'),
  );
  const [, image = ''] = /^DATALOAD_IMAGE=(.+)$/m.exec(told) ?? [];
  const { RECIPE_ETL_NETWORK: network, COMPOSE_PROJECT_NAME: project } = stack.settings;
  return {
    Image: image,
    // Texts that look like names are texts.
    Env: ['A="Privileged": true', 'B=: x'],
    HostConfig: {
      ReadonlyRootfs: true,
      NetworkMode: network,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      LogConfig: { Type: 'json-file', Config: { 'max-size': '20m' } },
      Tmpfs: { '/tmp': 'size=64m' },
      Mounts: [{ Target: '/run/certificates', Source: `${project}-certificates`, Type: 'volume', ReadOnly: true }],
    },
  };
}

/** Bodies that would give a container more than a job's has; in JSON, since some say a thing in two ways. */
export function greedyBodies(body: CreateBody): Readonly<Record<string, string>> {
  const host = (more: object) => JSON.stringify({ ...body, HostConfig: { ...body.HostConfig, ...more } });
  const text = JSON.stringify(body);
  const [mount] = body.HostConfig['Mounts'] as [object];
  return {
    'a folder of the host': host({ Binds: ['/:/host'] }),
    'a folder of the host as a mount': host({ Mounts: [{ ...mount, Type: 'bind', Source: '/' }] }),
    'a folder of the host by a driver': host({
      Mounts: [{ ...mount, VolumeOptions: { DriverConfig: { Name: 'local' } } }],
    }),
    'the volume of another service': host({ Mounts: [{ ...mount, Source: 'object-store' }] }),
    'all rights': host({ Privileged: true }),
    'a capability': host({ CapAdd: ['SYS_ADMIN'] }),
    'the usual capabilities': host({ CapDrop: [] }),
    'no filter of system calls': host({ SecurityOpt: ['no-new-privileges', 'seccomp=unconfined'] }),
    'the network of the host': host({ NetworkMode: 'host' }),
    'the processes of the host': host({ PidMode: 'host' }),
    'a device': host({ Devices: [{ PathOnHost: '/dev/mem' }] }),
    'root in the container': JSON.stringify({ ...body, User: '0' }),
    'another image': JSON.stringify({ ...body, Image: 'debian:bookworm-slim' }),
    'a name in small letters': host({ privileged: true }),
    'a name with an escape': text.replace('"HostConfig":{', '"HostConfig":{"Privil\\u0065ged":true,'),
    'a letter that the engine takes for an s': text.replace('"HostConfig":{', '"HostConfig":{"Bind\u017f":["/:/h"],'),
    'a part of it twice': `${text.slice(0, -1)},"HostConfig" :{"Privileged":true}}`,
    'more than can be looked at': JSON.stringify({ ...body, Env: ['x'.repeat(70_000)] }),
  };
}

/** @returns the HTTP status @param path with its version where it has one */
export function engineCall(stack: RunningStack, method: string, path: string, body?: string): number {
  const words = ['exec', '--interactive', serviceContainer(stack.stack, 'airflow-scheduler')];
  const request = ['curl', '-s', '-o', '/dev/null', '-w', '%{http_code}', '-m', '10', '--path-as-is', '-X', method];
  const content = body === undefined ? [] : ['-H', 'content-type: application/json', '--data-binary', '@-'];
  const all = [...words, ...request, ...content, ENGINE + path];
  return Number(execFileSync('docker', all, { input: body ?? '', encoding: 'utf8' }));
}
