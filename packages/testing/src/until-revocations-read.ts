import { eventually } from './eventually.ts';

/**
 * Waits until a service that has just started has read the revocations. Before, it refuses what needs fresh ones, such as
 * adjustments, with 503.
 *
 * @param url address of the instance
 */
export async function untilRevocationsRead(url: string): Promise<void> {
  await eventually(async () => {
    const response = await fetch(`${url}/health/ready`);
    const { checks } = (await response.json()) as { checks: { sessions?: string } };
    if (checks.sessions !== 'ok') throw new Error(`sessions: ${checks.sessions}`);
  });
}
