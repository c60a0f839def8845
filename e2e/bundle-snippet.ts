import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';

const readme = new URL('../packages/client/README.md', import.meta.url);

/** The program of the client's README, with other addresses of the services. */
export async function readClientWalk(baseUrl: unknown): Promise<string> {
  const text = await readFile(readme, 'utf8');
  const [, walk = ''] = /## A purchase.*?```ts\n(.*?)```/s.exec(text) ?? [];
  return walk.replace(/const baseUrl = .*;/, `const baseUrl = ${JSON.stringify(baseUrl)};`);
}

/** Bundles a TypeScript module, with the client from its sources, into one script. */
export async function bundleSnippet(contents: string, platform: 'node' | 'browser'): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    conditions: ['source'],
    format: 'esm',
    platform,
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
