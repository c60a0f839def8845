import kafkajs, { type AclEntry } from 'kafkajs';
import type { KafkaOptions } from './kafka-options.ts';
import { clientOf } from './kafkajs-client.ts';

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;

export type KafkaOperation = 'create' | 'delete' | 'describe' | 'describeConfigs' | 'read' | 'write';

/** What a user of Kafka may do. Names are without the prefix. */
export type KafkaRight = {
  resource: 'topic' | 'group';
  name: string;
  /** The right applies to every name that begins with `name`. */
  isPrefix: boolean;
  operations: readonly KafkaOperation[];
};

/** Rights by user. */
export type KafkaRights = ReadonlyMap<string, readonly KafkaRight[]>;

/** Creates the ACLs of these rights, as an administrator, and returns their number. Other ACLs stay. */
export async function grantRights(options: KafkaOptions, rights: KafkaRights): Promise<number> {
  const acl = [...rights].flatMap(([user, granted]) => granted.flatMap((right) => entriesOf(user, right, options.prefix)));
  const admin = clientOf(options).admin();
  await admin.connect();
  try {
    await admin.createAcls({ acl });
    return acl.length;
  } finally {
    await admin.disconnect();
  }
}

const operationTypes: Record<KafkaOperation, AclEntry['operation']> = {
  create: AclOperationTypes.CREATE,
  delete: AclOperationTypes.DELETE,
  describe: AclOperationTypes.DESCRIBE,
  describeConfigs: AclOperationTypes.DESCRIBE_CONFIGS,
  read: AclOperationTypes.READ,
  write: AclOperationTypes.WRITE,
};

function entriesOf(user: string, { resource, name, isPrefix, operations }: KafkaRight, prefix: string): AclEntry[] {
  return operations.map((operation) => ({
    resourceType: resource === 'topic' ? AclResourceTypes.TOPIC : AclResourceTypes.GROUP,
    resourceName: prefix + name,
    resourcePatternType: isPrefix ? ResourcePatternTypes.PREFIXED : ResourcePatternTypes.LITERAL,
    principal: `User:${user}`,
    host: '*',
    operation: operationTypes[operation],
    permissionType: AclPermissionTypes.ALLOW,
  }));
}
