import { join } from 'node:path';
import { serviceNames as servers } from '../../ops/platform/service-names.ts';
import { runCommand } from '../../ops/programs/run-command.ts';
import { docker } from './docker.ts';
import { type ContainerEnd, watchContainers } from './watch-containers.ts';

const root = join(import.meta.dirname, '../..');

export type ComposeProject = {
  build(): Promise<void>;
  /** Starts all of docker-compose.yml, and waits until it is healthy. */
  up(): Promise<void>;
  /** Containers stay, to be started again. */
  stop(): Promise<void>;
  /** Containers, networks and data. */
  remove(): Promise<void>;
  /** What its containers have logged. */
  logs(): Promise<string>;
  kill(service: string): Promise<void>;
  /** Starts what was killed, and waits until it is healthy. */
  restart(service: string): Promise<void>;
  /** Tells of each container that ends, until the signal. */
  watch(signal: AbortSignal, onEnd: (end: ContainerEnd) => void): Promise<void>;
};

type Options = {
  /** Compose reads them as it reads `.env`: COMPOSE_PROJECT_NAME, COMPOSE_FILE, FLORIN_GATEWAY_PORT and so on. */
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
    build: () => compose('build', ...servers),
    up: () => compose('up', '--no-build', '--remove-orphans', ...ready, ...servers, 'gateway'),
    stop: () => compose('stop'),
    remove: () => compose('down', '--remove-orphans', '--volumes'),
    logs: () => docker(['compose', 'logs', '--no-color', '--timestamps'], { cwd: root, env: environment, onOutput: () => {} }),
    kill: (service) => compose('kill', service),
    restart: (service) => compose('up', '--no-deps', '--no-build', '--no-recreate', ...ready, service),
    watch: (until, onEnd) => watchContainers({ cwd: root, environment, signal: until, onEnd }),
  };
}

/** @throws Error that says what to install */
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
