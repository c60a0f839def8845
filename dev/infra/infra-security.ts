import { randomBytes } from 'node:crypto';
import type { KafkaSecurity, SaslMechanism } from '@florin/runtime';
import { type Certified, makeAuthority, makeCertificate } from './make-certificates.ts';

export type Login = { username: string; password: string };

/** Certificates and users of a private database server and broker that take no connection without TLS. */
export type InfraSecurity = {
  /** Certificate of the authority that certified the servers, in PEM. */
  ca: string;
  server: Certified;
  /** May do everything on the broker. */
  kafkaAdmin: Login;
  kafkaUsers: readonly Login[];
};

/** Makes new certificates, and a password for each user. */
export function makeInfraSecurity(usernames: readonly string[]): InfraSecurity {
  const authority = makeAuthority('Florin test authority');
  return {
    ca: authority.certificate,
    server: makeCertificate(authority, 'florin-server', ['localhost', '127.0.0.1']),
    kafkaAdmin: loginOf('admin'),
    kafkaUsers: usernames.map(loginOf),
  };
}

/** How a user connects to the broker. */
export function kafkaSecurityOf(
  { ca, kafkaAdmin, kafkaUsers }: InfraSecurity,
  username = kafkaAdmin.username,
  mechanism: SaslMechanism = 'scram-sha-512',
): KafkaSecurity {
  const login = [kafkaAdmin, ...kafkaUsers].find((user) => user.username === username);
  if (login === undefined) throw new Error(`The broker has no user ${username}`);
  return { ca, login: { mechanism, ...login } };
}

function loginOf(username: string): Login {
  return { username, password: randomBytes(18).toString('base64url') };
}
