/**
 * The members of a consumer group use another client library. Kafka refuses a member that shares no assignment strategy with
 * the others, and each driver has a strategy of its own name. It passes once the other members are stopped, or have been killed
 * for a session timeout.
 */
export class OtherDriver extends Error {
  override readonly name = 'OtherDriver';

  constructor(group: string, { cause }: { cause: unknown }) {
    super(
      `${group} has members with another client library. Stop all instances of the service, then start them with the same KAFKA_DRIVER`,
      { cause },
    );
  }
}
