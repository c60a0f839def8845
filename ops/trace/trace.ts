import { isId } from '@florin/database';
import { runCommandLine, UsageError } from '../command-line.ts';
import { developmentLogs, type LogSource } from './read-log-lines.ts';
import { tracePurchase } from './trace-purchase.ts';
import { writeTrace } from './write-trace.ts';

const help = `npm run trace -- PURCHASE_ID [--log FILE] [--docker] [--json]

Shows all that is known of one purchase: timeline, events with topic, partition and offset, events that wait, ledger entries,
log lines and trace id. Parts that are down are named, and the rest is shown.

  --log FILE   search this log, or standard input for "-" (default: the logs of npm start)
  --docker     search the logs of the containers of docker compose, in the period in which Kafka is read

The databases and Kafka are those in the environment (default: those of npm start). Kafka is read from a minute before the request to an
hour after the last change, at most 20,000 messages of a partition.

Where only containers reach the databases and Kafka:
  docker compose logs --no-log-prefix --since 2h auth product payment |
    docker compose run --rm --no-TTY ops trace PURCHASE_ID --log -

Exit code 0: found, and all parts answered; 1: unknown, or a part is down; 2: wrong usage.`;

await runCommandLine({
  help,
  flags: { log: { type: 'string' }, docker: { type: 'boolean', default: false } },
  maxPositionals: 1,
  async run({ values, positionals, answer }) {
    const [purchaseId = ''] = positionals;
    if (!isId(purchaseId)) throw new UsageError(`The argument must be the id of a purchase: ${JSON.stringify(purchaseId)}.`);
    const trace = await tracePurchase(purchaseId.toLowerCase(), { log: logSource(values), environment: process.env });
    answer(trace, writeTrace(trace));
    const { purchase, payment, events } = trace;
    const isKnown = (purchase.isThere && purchase.value !== null) || (payment.isThere && payment.value !== null);
    return isKnown && purchase.isThere && payment.isThere && events.isThere ? 0 : 1;
  },
});

function logSource({ log, docker }: Readonly<Record<string, string | boolean | undefined>>): LogSource {
  if (docker === true) return { isDocker: true };
  return { files: typeof log === 'string' ? [log] : developmentLogs };
}
