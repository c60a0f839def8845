import { forEachService } from '../../ops/platform/service-names.ts';
import { reportStep } from '../infra/report-step.ts';
import type { DevelopmentOptions, DevelopmentPlatform } from '../platform/development-platform.ts';
import { composeProject, requireCompose } from './compose-project.ts';

/** Starts the platform of docker-compose.yml for `FLORIN_INFRA=compose`, with persistent data, and waits until it is healthy. */
export async function startComposePlatform(options: DevelopmentOptions): Promise<DevelopmentPlatform> {
  const { fresh, signal, print } = options;
  await requireCompose();
  const { FLORIN_GATEWAY_PORT: port = '8080' } = process.env;
  const project = composeProject({ environment: {}, signal });
  // Not bound to the signal: SIGINT triggers it.
  const { stop } = composeProject({ environment: {} });
  if (fresh) await reportStep(print, 'Removing the containers and their data', project.remove);
  try {
    await reportStep(print, 'Building the images', project.build);
    await reportStep(print, 'Starting the containers, from the databases to the gateway', project.up);
  } catch (error) {
    await stop();
    throw error;
  }
  void project
    .watch(signal, ({ service, exitCode }) => print(`A container of ${service} has ended with exit code ${exitCode}.`))
    .then(() => signal.aborted || options.onUnexpectedExit('The Docker engine', 'its log'));
  const url = `http://localhost:${port}`;
  return {
    url,
    urls: forEachService(() => url),
    pages: forEachService((name) => `${url}/openapi/${name}.json`),
    logHint: 'docker compose logs shows the logs.',
    stop,
  };
}
