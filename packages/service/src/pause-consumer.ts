import { type Messaging, type Subscriptions, topicsOf } from '@florin/messaging';
import type { Switch, Switches } from './watch-switches.ts';

/**
 * Defines the switches that pause the consumer of a service: all of it, or one topic. Nothing is consumed before the switches are
 * known, so that a paused consumer stays paused after a restart.
 */
export function pauseConsumerBySwitches(
  switches: Switches,
  { subscriptions, pause }: { subscriptions: Subscriptions; pause: Messaging['pause'] },
): void {
  const topics = topicsOf(subscriptions);
  if (topics.length === 0) return;
  const ofAll = switches.define('pause-consumer', 'Consumes no events. They wait in Kafka; nothing is lost');
  const ofTopic = new Map<string, Switch>(
    topics.map((topic) => [
      topic,
      switches.define(`pause-consumer:${topic}`, `Consumes no events of ${topic}. They wait in Kafka`),
    ]),
  );
  pause(topics);
  switches.onRead(() => pause(topics.filter((topic) => ofAll.isOn() || ofTopic.get(topic)?.isOn())));
}
