/** Checks one part of the service. Resolves if the part works; the message of a thrown error is shown as the reason. */
export type HealthCheck = () => Promise<void> | void;

/**
 * Thrown by a check if this instance works, but something that all instances share is delayed. The instance stays in rotation,
 * because another one would not do better.
 */
export class Degraded extends Error {
  override readonly name = 'Degraded';
}
