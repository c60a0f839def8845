import { type DatabaseRights, joinRights } from '@florin/database';
import { messagingRights } from '@florin/messaging';
import { auditLogRights } from '@florin/runtime';
import { switchRights } from '@florin/service';

/** What product's running user may do. Locking the row of `category_tree` takes UPDATE. */
export const rights: DatabaseRights = joinRights(messagingRights, auditLogRights, switchRights, {
  tables: {
    buyer_limits: ['INSERT', 'UPDATE'],
    cart_items: ['INSERT', 'UPDATE', 'DELETE'],
    cart_keys: ['INSERT', 'DELETE'],
    carts: ['INSERT', 'UPDATE', 'DELETE'],
    categories: ['INSERT', 'UPDATE', 'DELETE'],
    category_ancestors: [],
    category_tree: ['UPDATE'],
    coupon_categories: ['INSERT', 'DELETE'],
    coupon_products: ['INSERT', 'DELETE'],
    coupon_redemptions: ['INSERT', 'UPDATE'],
    coupons: ['INSERT', 'UPDATE'],
    contact_keys: ['INSERT', 'DELETE'],
    contacts: ['INSERT', 'UPDATE', 'DELETE'],
    claim_items: ['INSERT'],
    claim_messages: ['INSERT', 'DELETE'],
    claims: ['INSERT', 'UPDATE'],
    delivery_events: ['INSERT', 'UPDATE'],
    delivery_methods: ['INSERT', 'UPDATE', 'DELETE'],
    erased_users: ['INSERT', 'UPDATE'],
    import_rows: ['INSERT', 'DELETE'],
    imports: ['INSERT', 'UPDATE'],
    packing_claims: ['INSERT', 'UPDATE'],
    product_categories: ['INSERT', 'DELETE'],
    product_labels: ['INSERT', 'DELETE'],
    products: ['INSERT', 'UPDATE'],
    purchase_addresses: ['INSERT', 'UPDATE', 'DELETE'],
    purchase_items: ['INSERT'],
    purchase_timeline: ['INSERT', 'UPDATE'],
    purchases: ['INSERT', 'UPDATE'],
    refunds: ['INSERT', 'UPDATE'],
    search_common_words: ['INSERT', 'UPDATE'],
    search_documents: ['INSERT', 'UPDATE'],
    search_spellings: ['INSERT', 'UPDATE', 'DELETE'],
    search_stop_words: ['INSERT', 'UPDATE', 'DELETE'],
    search_words: ['INSERT', 'UPDATE', 'DELETE'],
    stock_movement_details: ['INSERT'],
    stock_movement_keys: ['INSERT'],
    stock_movements: ['INSERT'],
  },
  triggers: [
    'categories_insert_ancestors',
    'categories_update_ancestors',
    'categories_delete_ancestors',
    'erased_users_delete_contacts',
  ],
});
