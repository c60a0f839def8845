/** Error codes of Kafka for faults of the messages themselves. All other errors (a moving leader, a wrong clock) are transient. */
export const REFUSALS: ReadonlyMap<number, string> = new Map([
  [2, 'CORRUPT_MESSAGE'],
  [10, 'MESSAGE_TOO_LARGE'],
  [18, 'RECORD_LIST_TOO_LARGE'],
  [87, 'INVALID_RECORD'],
]);
