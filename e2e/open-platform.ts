import { createHttpClient } from '@florin/testing';
import { composeProject } from '../dev/compose/compose-project.ts';
import { databaseUrlsOn, developmentNames, migrationUrlsOn } from '../ops/platform/service-databases.ts';
import { forEachService } from '../ops/platform/service-names.ts';
import { startTestPlatform, type TestPlatform } from './start-test-platform.ts';

/**
 * Starts a platform for the test, or uses the containers behind the gateway FLORIN_E2E_URL, which `npm run e2e:compose`
 * starts: Compose's settings name the project, FLORIN_E2E_KAFKA_PORT and FLORIN_E2E_MYSQL_PORT its published ports.
 */
export async function openPlatform(): Promise<TestPlatform> {
  const { FLORIN_E2E_URL: url } = process.env;
  return url ? containersBehind(url) : startTestPlatform();
}

function containersBehind(url: string): TestPlatform {
  const { FLORIN_E2E_KAFKA_PORT: kafka, FLORIN_E2E_MYSQL_PORT: mysql } = process.env;
  const project = composeProject({ environment: {} });
  const client = createHttpClient(() => url);
  return {
    ...forEachService(() => client),
    urls: forEachService(() => url),
    kafkaBrokers: [`127.0.0.1:${kafka}`],
    kafkaPrefix: '',
    databaseUrls: databaseUrlsOn(`127.0.0.1:${mysql}`, developmentNames),
    migrationUrls: migrationUrlsOn(`127.0.0.1:${mysql}`, developmentNames),
    openapiPath: (service) => `/openapi/${service}.json`,
    seed: () => Promise.resolve(),
    kill: (name) => project.kill(name),
    restart: (name) => project.restart(name),
    stop: () => Promise.resolve(),
  };
}
