import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openKafkajs } from '@florin/kafka';
import kafkajs from 'kafkajs';
import { runCommand } from '../../ops/programs/run-command.ts';
import { type Child, type Launch, untilReady } from './child-processes.ts';
import type { Java } from './find-java.ts';
import type { KafkaJars } from './kafka-jars.ts';
import { sharedClasses } from './shared-classes.ts';

export type BrokerOptions = {
  home: string;
  port: number;
  controllerPort: number;
  /** A second listener for clients behind a proxy: it advertises the proxy's port. */
  proxied?: { port: number; proxyPort: number } | undefined;
  isDurable: boolean;
  signal: AbortSignal;
};

const logging = resolve(import.meta.dirname, '../kafka/log4j2.properties');

/** Starts a broker that is its own controller, and waits until it answers. Formats new storage first. */
export async function startBroker(
  java: Java,
  jars: KafkaJars,
  launch: (what: Omit<Launch, 'directory'>) => Child,
  { home, port, controllerPort, proxied, isDurable, signal }: BrokerOptions,
): Promise<void> {
  const data = join(home, 'data');
  const properties = join(home, 'server.properties');
  await mkdir(home, { recursive: true });
  await writeFile(properties, serverProperties({ data, port, controllerPort, proxied }));

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
    await runCommand(java.executable, [...classes.useFlags, ...virtualMachine, ...format], { signal });
  }
  const args = [...classes.useFlags, ...classes.recordFlags, ...virtualMachine, 'kafka.Kafka', properties];
  const child = launch({ name: 'broker', command: java.executable, args, home, onExit: classes.keepRecorded });
  await untilReady(child, { timeoutMs: 120_000, signal }, () => describeCluster(port));
}

async function describeCluster(port: number): Promise<void> {
  const admin = openKafkajs({
    brokers: [`127.0.0.1:${port}`],
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

/** A killed broker can register only after its session has expired: with the default of 9 s, a start after a crash took 11 s. */
function serverProperties({
  data,
  port,
  controllerPort,
  proxied,
}: Pick<BrokerOptions, 'port' | 'controllerPort' | 'proxied'> & { data: string }): string {
  const listener = proxied ? `,PROXIED://127.0.0.1:${proxied.port}` : '';
  const advertised = proxied ? `,PROXIED://127.0.0.1:${proxied.proxyPort}` : '';
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}${listener}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}${advertised}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,PROXIED:PLAINTEXT
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs=${data}
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
log.cleaner.dedupe.buffer.size=2097152
log.segment.bytes=67108864
num.network.threads=2
num.io.threads=4
`;
}
