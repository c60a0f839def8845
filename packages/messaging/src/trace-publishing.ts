import { isSampled, readTraceparent } from '@florin/events';
import { errorTypeOf, type Tracer } from '@florin/runtime';
import type { OutgoingMessage } from './broker.ts';

const FIELD = '"traceparent":"';
const TRACEPARENT_LENGTH = 55;
/** Links of the span. Of a larger request, the first messages are linked. */
const MAX_LINKS = 128;

/**
 * Publishes messages with a span of its own trace, which is linked to the spans that caused the messages. There is none if no
 * message's trace is sampled.
 */
export async function tracingPublish(
  tracer: Tracer | undefined,
  messages: readonly OutgoingMessage[],
  publish: () => Promise<void>,
): Promise<void> {
  const links = tracer === undefined ? [] : sampledTraces(messages);
  if (tracer === undefined || links.length === 0) return publish();
  const span = tracer.start('publish outbox', {
    kind: 'producer',
    isRecorded: true,
    links,
    attributes: {
      'messaging.system': 'kafka',
      'messaging.operation.name': 'publish',
      'messaging.operation.type': 'send',
      'messaging.batch.message_count': messages.length,
    },
  });
  try {
    await publish();
    span?.end();
  } catch (error) {
    span?.end({ errorType: errorTypeOf(error) });
    throw error;
  }
}

function sampledTraces(messages: readonly OutgoingMessage[]): string[] {
  const traces: string[] = [];
  for (const { value } of messages) {
    const traceparent = traceparentIn(value);
    if (traceparent !== undefined && isSampled(traceparent)) traces.push(traceparent);
    if (traces.length === MAX_LINKS) break;
  }
  return traces;
}

/** Finds it without parsing the event: `appendEvents` writes it last, before the signature. */
function traceparentIn(json: string): string | undefined {
  const at = json.lastIndexOf(FIELD);
  return at === -1 ? undefined : readTraceparent(json.slice(at + FIELD.length, at + FIELD.length + TRACEPARENT_LENGTH));
}
