import type { OutgoingEvent } from '@florin/events';
import type { Message } from './purchase-flow-model.ts';
import type { Topic } from './purchase-flow-services.ts';
import type { Delivery, Question } from './purchase-flow-steps.ts';

/** A message in flight, in the form of the services and of the model. */
export type Letter = { event: OutgoingEvent; message: Message };

export type PlayedNetwork = ReturnType<typeof createPlayedNetwork>;

/** The network between the services. It loses nothing; the steps choose when, in which order and how often it delivers. */
export function createPlayedNetwork() {
  const letters: Letter[] = [];
  const underWay = new Set<Letter>();
  const waiting = (topic: Topic): Letter[] => [...underWay].filter(({ event }) => event.topic === topic);
  return {
    waiting,
    isQuiet: () => underWay.size === 0,
    post(letter: Letter): void {
      letters.push(letter);
      underWay.add(letter);
    },
    arrived(batch: readonly Letter[]): void {
      for (const letter of batch) underWay.delete(letter);
    },
    choose({ topic, of, picks }: Delivery): Letter[] {
      if (of === 'oldest') return waiting(topic).slice(0, picks.length);
      const there = of === 'waiting' ? waiting(topic) : letters.filter(({ event }) => event.topic === topic);
      return picks.flatMap((pick) => there[pick % there.length] ?? []);
    },
    find({ type, pick }: { type: Question; pick: number }): Letter | undefined {
      const there = letters.filter(({ message }) => message.type === type);
      return there[pick % there.length];
    },
  };
}
