import { existsSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { docker } from '../dev/compose/docker.ts';

export function registryOf({ FLORIN_REGISTRY: registry }: NodeJS.ProcessEnv): string {
  if (!registry) throw new Error('Set FLORIN_REGISTRY to where images are pushed, such as registry.example/team.');
  return registry;
}

/**
 * Runs `work` with docker signed in to the registry as REGISTRY_USR with REGISTRY_PSW. The password goes over standard
 * input into a folder that is removed afterwards, so no other build finds it. Without a user docker's configuration
 * is unchanged.
 */
export async function withRegistry<T>(
  environment: NodeJS.ProcessEnv,
  onOutput: (text: string) => void,
  work: (env: NodeJS.ProcessEnv) => Promise<T>,
): Promise<T> {
  const { REGISTRY_USR: user, REGISTRY_PSW: input, DOCKER_CONFIG: usual = join(homedir(), '.docker') } = environment;
  if (!user || !input) return work({});
  const folder = await mkdtemp(join(tmpdir(), 'florin-docker-'));
  const env = { DOCKER_CONFIG: folder };
  try {
    // Compose may be a plugin in the user's home directory.
    if (existsSync(join(usual, 'cli-plugins'))) await symlink(join(usual, 'cli-plugins'), join(folder, 'cli-plugins'));
    const [host = ''] = registryOf(environment).split('/');
    await docker(['login', '--username', user, '--password-stdin', host], { cwd: folder, env, input, onOutput });
    return await work(env);
  } finally {
    await rm(folder, { recursive: true });
  }
}
