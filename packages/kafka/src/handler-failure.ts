/** Marks what is not kafkajs' own: the errors of kafkajs (a rebalance, say) must reach kafkajs. */
export class HandlerFailure extends Error {
  override readonly name: string = 'HandlerFailure';
}

/** A partition's place cannot be compared with the stored offsets now. */
export class OffsetsUnknown extends HandlerFailure {
  override readonly name = 'OffsetsUnknown';
}
