import { findExecutables } from '../../ops/programs/find-executable.ts';
import { type DatabaseServer, findDatabaseServer } from './find-database-server.ts';
import { findJava, type Java } from './find-java.ts';
import { downloadKafkaJars, findKafkaJars, type KafkaJars } from './kafka-jars.ts';
import { type Progress, reportStep } from './report-step.ts';
import { howToInstall, installPackages, type Need } from './system-packages.ts';

export type Tools = { server: DatabaseServer; java: Java; jars: KafkaJars };

/** Finds the programs that run the servers. Installs and downloads missing ones. */
export async function provideTools(onProgress: Progress, signal: AbortSignal): Promise<Tools> {
  let found = await findTools();
  const missing = needsOf(found);
  if (missing.length > 0) {
    await reportStep(onProgress, `Installing ${missing.join(', ')} from the system's packages`, () =>
      installPackages(missing, signal),
    );
    found = await findTools();
  }
  const { server, java, maven } = found;
  if (server === undefined || java === undefined)
    throw new Error(howToInstall(needsOf(found), "the system's package is too old or not on PATH"));
  const jars = found.jars ?? (await reportStep(onProgress, 'Downloading Kafka', () => downloadKafkaJars(maven ?? 'mvn', signal)));
  return { server, java, jars };
}

type Found = {
  server: DatabaseServer | undefined;
  java: Java | undefined;
  maven: string | undefined;
  jars: KafkaJars | undefined;
};

async function findTools(): Promise<Found> {
  const [server, java, jars] = await Promise.all([findDatabaseServer(), findJava(), findKafkaJars()]);
  return { server, java, jars, maven: findExecutables('mvn')[0] };
}

function needsOf({ server, java, maven, jars }: Found): Need[] {
  return [
    ...(server === undefined ? (['database'] as const) : []),
    ...(java === undefined ? (['java'] as const) : []),
    ...(jars === undefined && maven === undefined ? (['maven'] as const) : []),
  ];
}
