import type { Migration } from '@florin/database';
import { messagingMigrations } from '@florin/messaging';
import { auditLogMigrations } from '@florin/runtime';
import { switchMigrations } from '@florin/service';
import { images } from './0001-images.ts';

export const migrations: readonly Migration[] = [images, ...messagingMigrations, ...auditLogMigrations, ...switchMigrations];
