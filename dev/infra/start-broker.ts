import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openKafkajs } from '@florin/kafka';
import type { KafkaAccess } from '@florin/runtime';
import kafkajs from 'kafkajs';
import { runCommand } from '../../ops/programs/run-command.ts';
import { brokerProperties, type Listeners, scramArguments } from './broker-properties.ts';
import { type Child, type Launch, untilReady } from './child-processes.ts';
import type { Java } from './find-java.ts';
import { type InfraSecurity, kafkaSecurityOf } from './infra-security.ts';
import type { KafkaJars } from './kafka-jars.ts';
import { sharedClasses } from './shared-classes.ts';

export type BrokerOptions = Listeners & {
  home: string;
  /** Without it, the broker takes plain text of everybody on this machine. */
  security?: InfraSecurity | undefined;
  isDurable: boolean;
  signal: AbortSignal;
};

const logging = resolve(import.meta.dirname, '../kafka/log4j2.properties');

/** Starts a broker that is its own controller, and waits until it answers. Formats new storage first. */
export async function startBroker(
  java: Java,
  jars: KafkaJars,
  launch: (what: Omit<Launch, 'directory'>) => Child,
  { home, security, isDurable, signal, ...listeners }: BrokerOptions,
): Promise<void> {
  const data = join(home, 'data');
  const properties = join(home, 'server.properties');
  await mkdir(home, { recursive: true });
  await writeFile(properties, await brokerProperties({ ...listeners, home, data, security }), { mode: 0o600 });

  const classes = sharedClasses(java, jars, home);
  const virtualMachine = [
    '-Xms128m',
    '-Xmx512m',
    '-XX:+UseSerialGC',
    // Starts half a second sooner, but the broker is slower: for tests only.
    ...(isDurable ? [] : ['-XX:TieredStopAtLevel=1']),
    '-XX:+ExitOnOutOfMemoryError',
    '-Djava.awt.headless=true',
    `-Dlog4j2.configurationFile=${logging}`,
    '-cp',
    jars.classPath,
  ];
  // The formatter writes this file last: without it the storage is missing or partial.
  if (!existsSync(join(data, 'meta.properties'))) {
    await rm(data, { recursive: true, force: true });
    const clusterId = randomBytes(16).toString('base64url');
    const format = ['kafka.tools.StorageTool', 'format', `--cluster-id=${clusterId}`, '--config', properties];
    if (security) format.push(...scramArguments(security));
    await runCommand(java.executable, [...classes.useFlags, ...virtualMachine, ...format], { signal });
  }
  const args = [...classes.useFlags, ...classes.recordFlags, ...virtualMachine, 'kafka.Kafka', properties];
  const access: KafkaAccess = {
    brokers: [`127.0.0.1:${listeners.port}`],
    security: security ? kafkaSecurityOf(security) : 'plaintext',
  };
  const child = launch({ name: 'broker', command: java.executable, args, home, onExit: classes.keepRecorded });
  await untilReady(child, { timeoutMs: 120_000, signal }, () => describeCluster(access));
}

async function describeCluster(access: KafkaAccess): Promise<void> {
  const admin = openKafkajs({
    ...access,
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { retries: 0 },
    connectionTimeout: 1_000,
    requestTimeout: 5_000,
  }).admin();
  try {
    await admin.connect();
    const { brokers } = await admin.describeCluster();
    if (brokers.length === 0) throw new Error('the cluster has no broker yet');
  } finally {
    await admin.disconnect();
  }
}
