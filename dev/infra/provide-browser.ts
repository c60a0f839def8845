import { findExecutables } from '../../ops/programs/find-executable.ts';
import { type Progress, reportStep } from './report-step.ts';
import { installPackages } from './system-packages.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * Finds the browser for tests of web pages. Installs Debian's Chromium if the machine has none.
 *
 * @returns the path of the executable
 */
export async function provideBrowser(onProgress: Progress, signal: AbortSignal): Promise<string> {
  const found = findBrowser();
  if (found !== undefined) return found;
  await reportStep(onProgress, 'Installing Chromium', () => installPackages(['browser'], signal));
  const installed = findBrowser();
  if (installed === undefined) throw new Error(`The tests of web pages need one of ${names.join(', ')} on PATH.`);
  return installed;
}

function findBrowser(): string | undefined {
  return names.flatMap((name) => findExecutables(name))[0];
}
