import { runCommandLine } from '../../ops/command-line.ts';
import { buildApps } from './build-apps.ts';

const help = `npm run build:apps

Builds the storefront and the console into apps/*/dist, for the gateway. An app whose sources have not changed since its last
build is left alone.

Exit code 0: built, or nothing to build; 1: a build failed; 2: wrong usage.`;

await runCommandLine({
  help,
  async run({ answer, signal }) {
    const built = await buildApps({ signal });
    answer(built, built.length === 0 ? 'The apps have not changed.' : `Built: ${built.join(', ')}.`);
    return 0;
  },
});
