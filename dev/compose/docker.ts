import { spawn } from 'node:child_process';

export type DockerOptions = {
  cwd: string;
  env?: NodeJS.ProcessEnv;
  input?: string;
  /** Aborting ends docker, as SIGINT does. */
  signal?: AbortSignal;
  onOutput(text: string): void;
};

const MAX_STDERR_LENGTH = 1_000;

/** Runs docker, shows its output and returns its standard output. */
export function docker(args: readonly string[], options: DockerOptions): Promise<string> {
  return runTool('docker', args, options);
}

/** @throws Error with the command, but without its standard input, for any exit code but 0 */
export function runTool(tool: string, args: readonly string[], options: DockerOptions): Promise<string> {
  const { cwd, env, input, signal, onOutput } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(tool, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(signal && { signal, killSignal: 'SIGINT' }),
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      onOutput(text);
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-MAX_STDERR_LENGTH);
      onOutput(text);
    });
    child.on('error', (error) => reject(new Error(`${tool} cannot be run: ${error.message}`, { cause: error })));
    child.on('close', (code) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`${tool} ${args.join(' ')} ended with ${code}\n${stderr}`.trimEnd()));
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
