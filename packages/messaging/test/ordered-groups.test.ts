import { newId } from '@florin/database';
import { type Event, type EventType, makeEvent } from '@florin/events';
import { expect } from 'chai';
import fc from 'fast-check';
import { cutIntoOrderedGroups } from '../src/index.ts';

type Keyed = { key: string; event: Event };

const types = ['user-registered', 'user-erased', 'purchase-shipped'] as const satisfies EventType[];
const eventOf = (type: (typeof types)[number]): Event =>
  makeEvent(type, {
    sequence: 1,
    data: { userId: newId(), ...(type === 'purchase-shipped' && { purchaseId: newId() }) } as never,
  }).event;
const batch = fc.array(
  fc
    .record({ key: fc.constantFrom('alice', 'bob', 'carol', ''), type: fc.constantFrom(...types) })
    .map<Keyed>(({ key, type }) => ({
      key,
      event: eventOf(type),
    })),
  { maxLength: 40 },
);

const flat = (events: readonly Keyed[]): Event[] => cutIntoOrderedGroups(events).flatMap((round) => [...round.values()].flat());
const keys = (events: readonly Keyed[]): string[] => [...new Set(events.map(({ key }) => key))];
const ofKey = (events: readonly Keyed[], key: string): Event[] =>
  events.filter((one) => one.key === key).map(({ event }) => event);
/** Returns the number of type changes along a key's events plus one: the groups that this key needs. */
const runsOf = (events: readonly Event[]): number => events.filter(({ type }, index) => type !== events[index - 1]?.type).length;

describe('cutIntoOrderedGroups', () => {
  it('contains every event once', () => {
    fc.assert(
      fc.property(batch, (events) => {
        expect(flat(events)).to.have.members(events.map(({ event }) => event));
      }),
    );
  });

  it("keeps each key's order", () => {
    fc.assert(
      fc.property(batch, (events) => {
        const applied = flat(events);
        for (const key of keys(events)) {
          const mine = ofKey(events, key);
          expect(applied.filter((event) => mine.includes(event))).to.deep.equal(mine);
        }
      }),
    );
  });

  it('gives each key events of one type per group, under that type', () => {
    fc.assert(
      fc.property(batch, (events) => {
        for (const round of cutIntoOrderedGroups(events)) {
          for (const [type, sameType] of round) expect(sameType.every((event) => event.type === type)).to.equal(true);
          for (const key of keys(events)) {
            const mine = ofKey(events, key);
            const typesHere = [...round.values()]
              .flat()
              .filter((event) => mine.includes(event))
              .map(({ type }) => type);
            expect(new Set(typesHere).size).to.be.at.most(1);
          }
        }
      }),
    );
  });

  it('needs no more groups than the key that changes its type most often, and none is empty', () => {
    fc.assert(
      fc.property(batch, (events) => {
        const rounds = cutIntoOrderedGroups(events);
        expect(rounds).to.have.length(Math.max(0, ...keys(events).map((key) => runsOf(ofKey(events, key)))));
        for (const round of rounds) expect([...round.values()].every((sameType) => sameType.length > 0)).to.equal(true);
      }),
    );
  });
});
