import { grantRights } from '@florin/kafka';
import { createLogger } from '@florin/runtime';
import { runCommandLine, UsageError } from './command-line.ts';
import { allRights, describeRights } from './platform/kafka-rights.ts';
import { findKafka } from './platform/operator-broker.ts';

const help = `npm run kafka:acls -- [--users PREFIX] [--grant] [--json]

Lists the rights that each user of Kafka needs: one user for each service, and one for the operators' commands, which also create
the topics. With --grant it creates their ACLs. ACLs that nobody needs any more stay: kafka-acls.sh removes them.

  --users PREFIX  beginning of the users' names (default florin-: florin-auth, florin-product, florin-payment and florin-ops)
  --grant         create the ACLs, as an administrator of the cluster

Kafka is KAFKA_BROKERS with KAFKA_PREFIX, KAFKA_SECURITY and the login of the administrator (default: that of npm start).

Exit code 0: done; 1: failed; 2: wrong usage.`;

await runCommandLine({
  help,
  flags: { users: { type: 'string' }, grant: { type: 'boolean' } },
  async run({ values, answer }) {
    const users = String(values['users'] ?? 'florin-');
    if (!/^[\w.-]+$/.test(users)) throw new UsageError('--users may have letters, digits and . _ - only.');
    const rights = await allRights(users);
    const listed = [...rights].flatMap(([user, granted]) => granted.map((right) => ({ user, ...right })));
    if (values['grant'] !== true) answer(listed, describeRights(rights).join('\n'));
    else {
      const granted = await grantRights(await adminOptions(process.env), rights);
      answer({ granted }, `${granted} ACLs granted to ${[...rights.keys()].join(', ')}.`);
    }
    return 0;
  },
});

async function adminOptions(environment: NodeJS.ProcessEnv) {
  return {
    ...(await findKafka(environment)),
    clientId: 'kafka-acls',
    prefix: environment['KAFKA_PREFIX'] ?? '',
    sessionTimeoutMs: 30_000,
    logger: createLogger({ service: 'kafka-acls', level: 'error' }),
  };
}
