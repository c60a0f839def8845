import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { runCommandLine, UsageError } from '../../ops/command-line.ts';
import { provideBrowser } from '../infra/provide-browser.ts';
import { type Shot, shots } from './shots.ts';
import { takeShot } from './take-shot.ts';

const folder = join(import.meta.dirname, '../../docs/images');
const DEFAULT_URL = 'http://localhost:8080';

const help = `npm run screenshots -- [--only NAME] [--url URL] [--json]

Takes the pictures of README and docs from a running npm start, and writes them to docs/images.

  --only NAME  take one picture: ${shots.map(({ name }) => name).join(', ')}
  --url URL    the one address (default ${DEFAULT_URL})
  --json       print only JSON to standard output

Exit code 0: all are written; 1: failed; 2: wrong usage.`;

await runCommandLine({
  help,
  flags: { only: { type: 'string' }, url: { type: 'string' } },
  async run({ values, progress, answer, signal }) {
    const url = values['url'] ?? DEFAULT_URL;
    const executablePath = await provideBrowser(() => {}, signal);
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
    try {
      mkdirSync(folder, { recursive: true });
      const written: { file: string; bytes: number }[] = [];
      for (const shot of chosen(values['only'])) {
        signal.throwIfAborted();
        const picture = await takeShot(browser, String(url), shot);
        const file = `docs/images/${shot.name}.png`;
        writeFileSync(join(folder, `${shot.name}.png`), picture);
        written.push({ file, bytes: picture.length });
        progress(`${file}: ${Math.ceil(picture.length / 1000)} kB`);
      }
      answer({ written }, `${written.length} pictures are in docs/images.`);
      return 0;
    } finally {
      await browser.close();
    }
  },
});

function chosen(only: unknown): readonly Shot[] {
  if (only === undefined) return shots;
  const found = shots.filter(({ name }) => name === only);
  if (found.length === 0) throw new UsageError(`--only must be one of ${shots.map(({ name }) => name).join(', ')}`);
  return found;
}
