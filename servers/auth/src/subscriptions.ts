import type { Subscriptions } from '@florin/messaging';

/** Auth hears no events: accounts depend on nothing but what their owners and admins do. */
export const subscriptions: Subscriptions = {};
