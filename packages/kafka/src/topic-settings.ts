import type { TopicShape } from '@florin/messaging';

const DURABLE_REPLICAS = 3;
const DURABLE_IN_SYNC = 2;
const TOPIC_RETENTION_MS = 30 * 24 * 3600 * 1000;
const MAX_SEGMENT_MS = 7 * 24 * 3600 * 1000;

export type TopicSetting = { name: string; value: string };

/** The settings of a new topic for events. */
export function settingsOf(topic: string, { replicationFactor, retentionMs = {} }: TopicShape): TopicSetting[] {
  return [
    ...retentionSettings(retentionMs[topic] ?? TOPIC_RETENTION_MS),
    { name: 'min.insync.replicas', value: replicationFactor >= DURABLE_REPLICAS ? String(DURABLE_IN_SYNC) : '1' },
  ];
}

/**
 * Maximum age of a segment. Retention deletes whole segments, and a segment may take a week to fill, so a shorter retention
 * needs shorter segments.
 */
function retentionSettings(retentionMs: number): TopicSetting[] {
  return [
    { name: 'cleanup.policy', value: 'delete' },
    { name: 'retention.ms', value: String(retentionMs) },
    { name: 'segment.ms', value: String(Math.min(MAX_SEGMENT_MS, retentionMs)) },
  ];
}

/** The settings that decide whether a topic may lose acknowledged messages. */
export const durabilitySettings = ['min.insync.replicas', 'unclean.leader.election.enable'];

/** The number of replicas of each partition of a topic. */
export type TopicReplicas = { name: string; replicas: readonly number[] };

/** A topic with its effective settings. */
export type ConfiguredTopic = { name: string; settings: ReadonlyMap<string, string | null | undefined> };

/** Describes every setting of these topics that could lose acknowledged messages. */
export function findDurabilityFaults(replicated: readonly TopicReplicas[], configured: readonly ConfiguredTopic[]): string[] {
  const replicaFaults = replicated.flatMap(({ name, replicas }) => {
    const fewest = Math.min(...replicas);
    return fewest < DURABLE_REPLICAS
      ? [`topic ${name} has ${fewest} replicas: give it a replication factor of ${DURABLE_REPLICAS}`]
      : [];
  });
  const settingFaults = configured.flatMap(({ name, settings }) => [
    ...(Number(settings.get('min.insync.replicas')) < DURABLE_IN_SYNC
      ? [`topic ${name}: set min.insync.replicas to ${DURABLE_IN_SYNC}`]
      : []),
    ...(settings.get('unclean.leader.election.enable') === 'true'
      ? [`topic ${name}: set unclean.leader.election.enable to false`]
      : []),
  ]);
  return [...replicaFaults, ...settingFaults];
}
