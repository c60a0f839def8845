import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InfraSecurity, Login } from './infra-security.ts';

export type Listeners = {
  port: number;
  controllerPort: number;
  /** A second listener for clients behind a proxy: it advertises the proxy's port. */
  proxied?: { port: number; proxyPort: number } | undefined;
};

type Options = Listeners & { home: string; data: string; security: InfraSecurity | undefined };

/** A killed broker can register only after its session has expired: with the default of 9 s, a start after a crash took 11 s. */
export async function brokerProperties({ port, controllerPort, proxied, home, data, security }: Options): Promise<string> {
  const listener = proxied ? `,PROXIED://127.0.0.1:${proxied.port}` : '';
  const advertised = proxied ? `,PROXIED://127.0.0.1:${proxied.proxyPort}` : '';
  const protocols = security
    ? 'CLIENTS:SASL_SSL,CONTROLLER:SSL,PROXIED:SASL_SSL'
    : 'CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT,PROXIED:PLAINTEXT';
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=CLIENTS://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}${listener}
advertised.listeners=CLIENTS://127.0.0.1:${port}${advertised}
listener.security.protocol.map=${protocols}
controller.listener.names=CONTROLLER
inter.broker.listener.name=CLIENTS
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
${security ? await securityProperties(home, security) : ''}`;
}

/** Arguments of the formatter that create the SCRAM users, which exist before the broker answers anybody. */
export function scramArguments({ kafkaAdmin, kafkaUsers }: InfraSecurity): string[] {
  return [kafkaAdmin, ...kafkaUsers].flatMap(({ username, password }) =>
    ['SCRAM-SHA-256', 'SCRAM-SHA-512'].map((mechanism) => `--add-scram=${mechanism}=[name=${username},password=${password}]`),
  );
}

/**
 * TLS everywhere, a login for clients, and nothing allowed that no ACL allows. The controller knows the broker by its certificate,
 * because SCRAM users are read through the controller. `server.properties` must be readable by its owner only.
 */
async function securityProperties(home: string, { ca, server, kafkaAdmin, kafkaUsers }: InfraSecurity): Promise<string> {
  const keys = join(home, 'server.pem');
  const authority = join(home, 'ca.pem');
  await mkdir(home, { recursive: true });
  await writeFile(keys, server.key + server.certificate, { mode: 0o600 });
  await writeFile(authority, ca);
  const listeners = ['clients', 'proxied'].flatMap((name) => [
    `listener.name.${name}.plain.sasl.jaas.config=${plainModule([kafkaAdmin, ...kafkaUsers])}`,
    ...['scram-sha-256', 'scram-sha-512'].map(
      (mechanism) => `listener.name.${name}.${mechanism}.sasl.jaas.config=${scramModule(kafkaAdmin)}`,
    ),
  ]);
  return `ssl.keystore.type=PEM
ssl.keystore.location=${keys}
ssl.truststore.type=PEM
ssl.truststore.location=${authority}
ssl.enabled.protocols=TLSv1.3,TLSv1.2
listener.name.controller.ssl.client.auth=required
sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512
sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
allow.everyone.if.no.acl.found=false
super.users=User:${kafkaAdmin.username};User:CN=florin-server
${listeners.join('\n')}
`;
}

/** The broker itself logs in as its first user. */
function plainModule(users: readonly Login[]): string {
  const known = users.map(({ username, password }) => `user_${username}="${password}"`).join(' ');
  return `org.apache.kafka.common.security.plain.PlainLoginModule required ${known};`;
}

function scramModule({ username, password }: Login): string {
  return `org.apache.kafka.common.security.scram.ScramLoginModule required username="${username}" password="${password}";`;
}
