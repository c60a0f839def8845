import { DEVELOPMENT_SIGNING_KEYS, type EventSignatures, type OutgoingEvent, parseSigningKeys, signEvent } from '@florin/events';

const keys = parseSigningKeys(DEVELOPMENT_SIGNING_KEYS);

/** How the platform of a run signs its events, and how the run's own readers verify them. */
export const signatures: EventSignatures = { mode: 'require', keys };

export const signatureSettings: NodeJS.ProcessEnv = {
  EVENT_SIGNATURES: 'require',
  EVENT_SIGNING_KEYS: DEVELOPMENT_SIGNING_KEYS,
};

/** Signs an event as the platform does: the run repeats requests under new ids, and plants events that are genuine but broken. */
export function signed(event: object, address: Pick<OutgoingEvent, 'topic' | 'key'>): string {
  return signEvent(JSON.stringify(event), address, keys[0]);
}
