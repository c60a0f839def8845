import { join } from 'node:path';
import { serviceNames as servers } from '../../ops/platform/service-names.ts';
import { runCommand } from '../../ops/programs/run-command.ts';
import { docker } from './docker.ts';
import { type ContainerEnd, watchContainers } from './watch-containers.ts';

const root = join(import.meta.dirname, '../..');

export type ComposeProject = {
  build(): Promise<void>;
  /** Starts all services and waits until they are healthy. */
  up(): Promise<void>;
  /** Stops the containers and keeps them. */
  stop(): Promise<void>;
  /** Removes containers, networks and data. */
  remove(): Promise<void>;
  /** Returns the logs of its containers. */
  logs(): Promise<string>;
  kill(service: string): Promise<void>;
  /** Starts killed containers and waits until they are healthy. */
  restart(service: string): Promise<void>;
  /** Reports each container that ends, until the signal aborts. */
  watch(signal: AbortSignal, onEnd: (end: ContainerEnd) => void): Promise<void>;
};

type Options = {
  /** Settings that Compose reads, such as COMPOSE_PROJECT_NAME, COMPOSE_FILE and FLORIN_GATEWAY_PORT. */
  environment: Record<string, string>;
  signal?: AbortSignal;
  onOutput?(text: string): void;
};

/** `docker compose` on this checkout's platform. */
export function composeProject({ environment, signal, onOutput = () => {} }: Options): ComposeProject {
  const compose = async (...args: string[]): Promise<void> => {
    await docker(['compose', ...args], { cwd: root, env: environment, onOutput, ...(signal && { signal }) });
  };
  const ready = ['--detach', '--wait', '--wait-timeout', '540'];
  return {
    build: () => compose('build', ...servers, 'gateway'),
    up: () => compose('up', '--no-build', '--remove-orphans', ...ready, ...servers, 'gateway'),
    stop: () => compose('stop'),
    remove: () => compose('down', '--remove-orphans', '--volumes'),
    logs: () => docker(['compose', 'logs', '--no-color', '--timestamps'], { cwd: root, env: environment, onOutput: () => {} }),
    kill: (service) => compose('kill', service),
    restart: (service) => compose('up', '--no-deps', '--no-build', '--no-recreate', ...ready, service),
    watch: (until, onEnd) => watchContainers({ cwd: root, environment, signal: until, onEnd }),
  };
}

/** @throws Error with the package to install */
export async function requireCompose(): Promise<void> {
  try {
    const version = (await runCommand('docker', ['compose', 'version', '--short'])).trim();
    const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
    if (major > 2 || (major === 2 && minor >= 20)) return;
    throw new Error(`Docker Compose is ${version}.`);
  } catch (error) {
    throw new Error(
      `This needs Docker with Compose 2.20 or newer. Without FLORIN_INFRA=compose npm start brings its own database and broker.\n${(error as Error).message}`,
      { cause: error },
    );
  }
}
