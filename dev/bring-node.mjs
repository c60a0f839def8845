// Florin runs on Node 24. This file is plain JavaScript for Node 20, which may start it.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const OLDEST_LAUNCHER = [20, 19];
const NEEDED_MAJOR = 24;
/** Earlier ones warn whenever they strip types. */
const NEEDED_MINOR = 3;
const BROUGHT = '24.21.0';

/**
 * Returns on Node 24.3 or newer. Otherwise runs the same command on a private Node 24, installed from the npm registry into
 * `.florin/node`, and exits with its code. The package is no dependency of the project, because it would put its `node` first
 * in the PATH of every npm script.
 */
export async function continueOnNode24(root) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > NEEDED_MAJOR || (major === NEEDED_MAJOR && minor >= NEEDED_MINOR)) return;
  const [oldestMajor, oldestMinor] = OLDEST_LAUNCHER;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor))
    throw new Error(`Florin needs Node ${OLDEST_LAUNCHER.join('.')} or newer to begin with; this is ${process.version}.`);
  const node = provideNode(join(root, '.florin/node', BROUGHT));
  console.error(`This is Node ${process.versions.node}. Florin runs on Node ${BROUGHT} from .florin/node.`);
  process.exit(await runAgain(node));
}

/** Installs the binary by one rename, so that an interrupted install leaves no partial one. @returns its path */
function provideNode(folder) {
  const packageName = `node-${process.platform}-${process.arch}`;
  const binary = join('node_modules', packageName, 'bin/node');
  if (existsSync(join(folder, binary))) return join(folder, binary);
  console.error(`Installing Node ${BROUGHT} (npm package ${packageName}) ...`);
  const temporary = `${folder}.${process.pid}`;
  mkdirSync(temporary, { recursive: true });
  writeFileSync(join(temporary, 'package.json'), '{"private":true}\n');
  const npm = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', `${packageName}@${BROUGHT}`];
  const { status } = spawnSync('npm', npm, { cwd: temporary, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) {
    rmSync(temporary, { recursive: true, force: true });
    throw new Error(
      `npm could not install ${packageName}@${BROUGHT}. Install Node ${NEEDED_MAJOR} yourself, or look at npm's messages above.`,
    );
  }
  try {
    renameSync(temporary, folder);
  } catch (error) {
    // Another command has installed it meanwhile.
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(join(folder, binary))) throw error;
  }
  return join(folder, binary);
}

/** Runs the child with a channel that closes when this process ends, even by SIGKILL. Then the child stops, see `stopWithLauncher`. */
async function runAgain(node) {
  const env = { ...process.env, PATH: `${dirname(node)}:${process.env.PATH ?? ''}`, FLORIN_LAUNCHER: String(process.pid) };
  const child = spawn(node, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env,
  });
  // A terminal sends SIGINT to both processes. A signal to this process alone is passed on.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

/** Stops the child, as on SIGTERM, when the launcher ends. */
export function stopWithLauncher() {
  if (process.env.FLORIN_LAUNCHER !== String(process.ppid) || process.channel === undefined) return;
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}
