-- The schema of product's database after all migrations. Written by npm run docs; do not edit.

CREATE TABLE audit_log (
  id binary(16) NOT NULL,
  actor_id binary(16) NULL,
  action varchar(64) COLLATE ascii_bin NOT NULL,
  subject varchar(100) COLLATE ascii_bin NOT NULL,
  state_before mediumtext COLLATE utf8mb4_bin NULL,
  state_after mediumtext COLLATE utf8mb4_bin NULL,
  request_id varchar(128) COLLATE ascii_bin NULL,
  created_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (id),
  KEY audit_log_action (action, id),
  KEY audit_log_actor (actor_id, id),
  KEY audit_log_subject (subject, id)
);

CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_log is append-only';

CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_log is append-only';

CREATE TABLE buyer_limits (
  user_id binary(16) NOT NULL,
  currency char(3) COLLATE ascii_bin NOT NULL,
  available_minor bigint NOT NULL,
  spend_limit_minor bigint NOT NULL,
  status varchar(10) COLLATE ascii_bin NOT NULL,
  version bigint NOT NULL,
  daily_limit_minor bigint NULL,
  spent_minor bigint NULL,
  spent_on date NULL,
  spending_version bigint NULL,
  declines int unsigned NOT NULL DEFAULT 0,
  declines_version bigint NULL,
  PRIMARY KEY (user_id, currency)
);

CREATE TABLE cart_items (
  user_id binary(16) NOT NULL,
  product_id binary(16) NOT NULL,
  position int unsigned NOT NULL,
  quantity int unsigned NOT NULL,
  added_price_minor bigint NOT NULL,
  added_currency char(3) COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (user_id, product_id),
  CONSTRAINT cart_items_cart FOREIGN KEY (user_id) REFERENCES carts (user_id) ON DELETE CASCADE,
  CONSTRAINT cart_items_quantity CHECK (quantity between 1 and 1000000)
);

CREATE TABLE cart_keys (
  user_id binary(16) NOT NULL,
  idempotency_key varbinary(255) NOT NULL,
  request_hash binary(32) NOT NULL,
  sent_hash binary(32) NULL,
  created_at datetime(3) NOT NULL,
  PRIMARY KEY (user_id, idempotency_key),
  KEY cart_keys_created (created_at)
);

CREATE TABLE carts (
  user_id binary(16) NOT NULL,
  coupon_code varchar(32) COLLATE ascii_bin NULL,
  version int unsigned NOT NULL DEFAULT 1,
  updated_at datetime(3) NOT NULL,
  PRIMARY KEY (user_id),
  KEY carts_updated (updated_at)
);

CREATE TABLE categories (
  id binary(16) NOT NULL,
  name varchar(200) COLLATE utf8mb4_unicode_ci NOT NULL,
  description varchar(2000) COLLATE utf8mb4_unicode_ci NOT NULL,
  parent_id binary(16) NULL,
  version int unsigned NOT NULL DEFAULT 1,
  created_at datetime(3) NOT NULL,
  updated_at datetime(3) NOT NULL,
  parent_key binary(16) AS (coalesce(parent_id, 0x00000000000000000000000000000000)) STORED NULL,
  name_key varchar(200) COLLATE utf8mb4_bin AS (lower(name)) STORED NULL,
  PRIMARY KEY (id),
  KEY categories_name (name, id),
  UNIQUE KEY categories_name_of_parent (parent_key, name_key),
  KEY categories_parent (parent_id),
  CONSTRAINT categories_parent FOREIGN KEY (parent_id) REFERENCES categories (id)
);

CREATE TRIGGER categories_delete_ancestors AFTER DELETE ON categories FOR EACH ROW
  DELETE FROM category_ancestors WHERE descendant_id = OLD.id;

CREATE TRIGGER categories_insert_ancestors AFTER INSERT ON categories FOR EACH ROW
  INSERT INTO category_ancestors (ancestor_id, descendant_id, distance) SELECT ancestor_id, NEW.id, distance + 1 FROM category_ancestors WHERE descendant_id = NEW.parent_id UNION ALL SELECT NEW.id, NEW.id, 0;

CREATE TRIGGER categories_update_ancestors AFTER UPDATE ON categories FOR EACH ROW
  IF NOT (NEW.parent_id <=> OLD.parent_id) THEN DELETE above FROM category_ancestors above JOIN category_ancestors below ON below.descendant_id = above.descendant_id AND below.ancestor_id = NEW.id WHERE above.distance > below.distance; INSERT INTO category_ancestors (ancestor_id, descendant_id, distance) SELECT above.ancestor_id, below.descendant_id, above.distance + below.distance + 1 FROM category_ancestors above JOIN category_ancestors below ON below.ancestor_id = NEW.id WHERE above.descendant_id = NEW.parent_id; END IF;

CREATE TABLE category_ancestors (
  ancestor_id binary(16) NOT NULL,
  descendant_id binary(16) NOT NULL,
  distance tinyint unsigned NOT NULL,
  PRIMARY KEY (ancestor_id, descendant_id),
  KEY category_ancestors_descendant (descendant_id, distance)
);

CREATE TABLE category_tree (
  id tinyint unsigned NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT category_tree_is_one CHECK (id = 1)
);

CREATE TABLE claim_items (
  claim_id binary(16) NOT NULL,
  product_id binary(16) NOT NULL,
  quantity int unsigned NOT NULL,
  PRIMARY KEY (claim_id, product_id),
  CONSTRAINT claim_items_claim FOREIGN KEY (claim_id) REFERENCES claims (id),
  CONSTRAINT claim_items_quantity CHECK (quantity >= 1)
);

CREATE TABLE claim_messages (
  id binary(16) NOT NULL,
  claim_id binary(16) NOT NULL,
  author_id binary(16) NOT NULL,
  text varchar(2000) COLLATE utf8mb4_bin NOT NULL,
  created_at datetime(3) NOT NULL,
  PRIMARY KEY (id),
  KEY claim_messages_claim (claim_id, id),
  CONSTRAINT claim_messages_claim_exists FOREIGN KEY (claim_id) REFERENCES claims (id)
);

CREATE TABLE claim_photos (
  source_id binary(16) NOT NULL,
  position tinyint unsigned NOT NULL,
  claim_id binary(16) NOT NULL,
  image_id binary(16) NOT NULL,
  PRIMARY KEY (source_id, position),
  KEY claim_photos_claim (claim_id),
  KEY claim_photos_image (image_id),
  CONSTRAINT claim_photos_of_claim FOREIGN KEY (claim_id) REFERENCES claims (id),
  CONSTRAINT claim_photos_of_image FOREIGN KEY (image_id) REFERENCES seen_images (id) ON DELETE CASCADE
);

CREATE TABLE claims (
  id binary(16) NOT NULL,
  purchase_id binary(16) NOT NULL,
  user_id binary(16) NOT NULL,
  status varchar(16) COLLATE ascii_bin NOT NULL DEFAULT 'open',
  reason varchar(20) COLLATE ascii_bin NOT NULL,
  text varchar(2000) COLLATE utf8mb4_bin NULL,
  refund_minor bigint NULL,
  restock tinyint NULL,
  return_required tinyint NULL,
  rejection varchar(500) COLLATE utf8mb4_bin NULL,
  decided_by binary(16) NULL,
  decided_at datetime(3) NULL,
  received_by binary(16) NULL,
  received_at datetime(3) NULL,
  idempotency_key varbinary(255) NOT NULL,
  request_hash binary(32) NOT NULL,
  sent_hash binary(32) NULL,
  created_at datetime(3) NOT NULL,
  updated_at datetime(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY claims_idempotency (user_id, idempotency_key),
  KEY claims_purchase (purchase_id, id),
  KEY claims_status (status, id),
  KEY claims_user (user_id, id),
  CONSTRAINT claims_purchase_exists FOREIGN KEY (purchase_id) REFERENCES purchases (id),
  CONSTRAINT claims_approved CHECK (status in ('awaiting-return', 'approved') = refund_minor is not null and refund_minor is null = restock is null and refund_minor is null = return_required is null),
  CONSTRAINT claims_decided CHECK (status in ('open', 'withdrawn') = decided_by is null),
  CONSTRAINT claims_others CHECK (decided_by is null or decided_by <> user_id and received_by is null or received_by <> user_id),
  CONSTRAINT claims_received CHECK (received_by is null = received_at is null and received_by is not null = status = 'approved' and return_required = 1),
  CONSTRAINT claims_refund CHECK (refund_minor between 0 and 9007199254740991),
  CONSTRAINT claims_status CHECK (status in ('open', 'withdrawn', 'rejected', 'awaiting-return', 'approved'))
);

CREATE TABLE consumer_offsets (
  consumer varchar(64) COLLATE ascii_bin NOT NULL,
  topic varchar(100) COLLATE ascii_bin NOT NULL,
  partition_id int NOT NULL,
  next_offset bigint NOT NULL,
  PRIMARY KEY (consumer, topic, partition_id)
);

CREATE TABLE contact_keys (
  search_key varbinary(255) NOT NULL,
  user_id binary(16) NOT NULL,
  PRIMARY KEY (search_key, user_id),
  KEY contact_keys_user (user_id),
  CONSTRAINT contact_keys_contact FOREIGN KEY (user_id) REFERENCES contacts (user_id) ON DELETE CASCADE
);

CREATE TABLE contacts (
  user_id binary(16) NOT NULL,
  email varchar(254) COLLATE utf8mb4_bin NOT NULL,
  name varchar(100) COLLATE utf8mb4_bin NULL,
  version bigint NOT NULL,
  PRIMARY KEY (user_id),
  KEY contacts_email (email)
);

CREATE TABLE coupon_categories (
  coupon_id binary(16) NOT NULL,
  category_id binary(16) NOT NULL,
  PRIMARY KEY (coupon_id, category_id),
  KEY coupon_categories_category (category_id),
  CONSTRAINT coupon_categories_category FOREIGN KEY (category_id) REFERENCES categories (id),
  CONSTRAINT coupon_categories_coupon FOREIGN KEY (coupon_id) REFERENCES coupons (id)
);

CREATE TABLE coupon_products (
  coupon_id binary(16) NOT NULL,
  product_id binary(16) NOT NULL,
  PRIMARY KEY (coupon_id, product_id),
  KEY coupon_products_product (product_id),
  CONSTRAINT coupon_products_coupon FOREIGN KEY (coupon_id) REFERENCES coupons (id),
  CONSTRAINT coupon_products_product FOREIGN KEY (product_id) REFERENCES products (id)
);

CREATE TABLE coupon_redemptions (
  purchase_id binary(16) NOT NULL,
  coupon_id binary(16) NOT NULL,
  user_id binary(16) NOT NULL,
  created_at datetime(3) NOT NULL,
  freed_at datetime(3) NULL,
  PRIMARY KEY (purchase_id),
  KEY coupon_redemptions_freed (freed_at, purchase_id),
  KEY coupon_redemptions_use (coupon_id, user_id, freed_at),
  CONSTRAINT coupon_redemptions_coupon FOREIGN KEY (coupon_id) REFERENCES coupons (id),
  CONSTRAINT coupon_redemptions_purchase FOREIGN KEY (purchase_id) REFERENCES purchases (id)
);

CREATE TABLE coupons (
  id binary(16) NOT NULL,
  code varchar(32) COLLATE ascii_bin NOT NULL,
  kind varchar(8) COLLATE ascii_bin NOT NULL,
  percent tinyint unsigned NULL,
  amount_minor bigint NULL,
  currency char(3) COLLATE ascii_bin NULL,
  min_subtotal_minor bigint NULL,
  starts_at datetime(3) NULL,
  ends_at datetime(3) NULL,
  max_redemptions int unsigned NULL,
  max_per_user int unsigned NULL,
  redemptions int unsigned NOT NULL DEFAULT 0,
  is_scoped tinyint NOT NULL,
  status varchar(10) COLLATE ascii_bin NOT NULL DEFAULT 'active',
  version int unsigned NOT NULL DEFAULT 1,
  created_at datetime(3) NOT NULL,
  updated_at datetime(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY coupons_code (code),
  KEY coupons_status (status, id),
  CONSTRAINT coupons_amount CHECK (kind = 'amount' = amount_minor is not null),
  CONSTRAINT coupons_amount_range CHECK (amount_minor between 1 and 9007199254740991),
  CONSTRAINT coupons_code_length CHECK (char_length(code) between 3 and 32),
  CONSTRAINT coupons_currency CHECK (currency is not null or amount_minor is null and min_subtotal_minor is null),
  CONSTRAINT coupons_is_scoped CHECK (is_scoped in (0, 1)),
  CONSTRAINT coupons_kind CHECK (kind in ('percent', 'amount')),
  CONSTRAINT coupons_max_per_user CHECK (max_per_user >= 1),
  CONSTRAINT coupons_max_redemptions CHECK (max_redemptions >= 1),
  CONSTRAINT coupons_min_subtotal CHECK (min_subtotal_minor between 1 and 9007199254740991),
  CONSTRAINT coupons_percent CHECK (kind = 'percent' = percent is not null),
  CONSTRAINT coupons_percent_range CHECK (percent between 1 and 100),
  CONSTRAINT coupons_redemptions CHECK (redemptions <= coalesce(max_redemptions, 0)),
  CONSTRAINT coupons_status CHECK (status in ('active', 'archived')),
  CONSTRAINT coupons_times CHECK (starts_at < ends_at)
);

CREATE TABLE dead_letters (
  arrival bigint unsigned NOT NULL AUTO_INCREMENT,
  id binary(16) NOT NULL,
  consumer varchar(64) COLLATE ascii_bin NOT NULL,
  status varchar(8) COLLATE ascii_bin NOT NULL,
  topic varchar(100) COLLATE ascii_bin NOT NULL,
  partition_id int NOT NULL,
  message_offset bigint NOT NULL,
  message_key varbinary(255) NULL,
  value mediumblob NULL,
  cause varchar(200) COLLATE utf8mb4_bin NULL,
  reason varchar(1000) COLLATE utf8mb4_bin NULL,
  attempts int unsigned NOT NULL DEFAULT 1,
  created_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (arrival),
  KEY dead_letters_cause (consumer, cause, created_at),
  UNIQUE KEY dead_letters_id (id),
  KEY dead_letters_key (consumer, message_key, arrival),
  UNIQUE KEY dead_letters_message (consumer, topic, partition_id, message_offset),
  CONSTRAINT dead_letters_reason CHECK (status = 'dead' = reason is not null),
  CONSTRAINT dead_letters_status CHECK (status in ('dead', 'parked'))
);

CREATE TABLE delivery_events (
  id binary(16) NOT NULL,
  purchase_id binary(16) NOT NULL,
  status varchar(16) COLLATE ascii_bin NOT NULL,
  at datetime(3) NOT NULL,
  is_applied tinyint NOT NULL,
  place varchar(100) COLLATE utf8mb4_bin NULL,
  note varchar(500) COLLATE utf8mb4_bin NULL,
  tracking_code varchar(100) COLLATE utf8mb4_bin NULL,
  carrier varchar(100) COLLATE utf8mb4_bin NULL,
  reported_by binary(16) NOT NULL,
  idempotency_key varbinary(255) NOT NULL,
  request_hash binary(32) NOT NULL,
  sent_hash binary(32) NULL,
  created_at datetime(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY delivery_events_idempotency (reported_by, idempotency_key),
  KEY delivery_events_purchase (purchase_id, at, id),
  CONSTRAINT delivery_events_is_applied CHECK (is_applied in (0, 1)),
  CONSTRAINT delivery_events_status CHECK (status in ('packed', 'handed-over', 'in-transit', 'out-for-delivery', 'failed', 'delivered', 'returned'))
);

CREATE TABLE delivery_methods (
  id binary(16) NOT NULL,
  name varchar(100) COLLATE utf8mb4_bin NOT NULL,
  price_minor bigint NOT NULL,
  free_from_minor bigint NULL,
  currency char(3) COLLATE ascii_bin NOT NULL,
  countries varchar(1300) COLLATE ascii_bin NULL,
  min_days smallint unsigned NOT NULL,
  max_days smallint unsigned NOT NULL,
  status varchar(8) COLLATE ascii_bin NOT NULL,
  version int unsigned NOT NULL DEFAULT 1,
  created_at datetime(3) NOT NULL,
  updated_at datetime(3) NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT delivery_methods_days CHECK (min_days <= max_days),
  CONSTRAINT delivery_methods_free_from CHECK (free_from_minor between 0 and 9007199254740991),
  CONSTRAINT delivery_methods_price CHECK (price_minor between 0 and 9007199254740991),
  CONSTRAINT delivery_methods_status CHECK (status in ('active', 'archived'))
);

CREATE TABLE erased_users (
  user_id binary(16) NOT NULL,
  erased_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (user_id)
);

CREATE TRIGGER erased_users_delete_contacts AFTER INSERT ON erased_users FOR EACH ROW
  DELETE FROM contacts WHERE user_id = NEW.user_id;

CREATE TRIGGER erased_users_delete_images AFTER INSERT ON erased_users FOR EACH ROW
  DELETE FROM seen_images WHERE owner_id = NEW.user_id AND purpose = 'claim';

CREATE TABLE import_rows (
  import_id binary(16) NOT NULL,
  position int unsigned NOT NULL,
  sku varchar(64) COLLATE utf8mb4_bin NULL,
  product_id binary(16) NULL,
  outcome varchar(9) COLLATE ascii_bin NOT NULL,
  code varchar(32) COLLATE ascii_bin NULL,
  problems text COLLATE utf8mb4_bin NULL,
  stock_before bigint NULL,
  stock_after bigint NULL,
  given mediumtext COLLATE utf8mb4_bin NULL,
  PRIMARY KEY (import_id, position),
  KEY import_rows_outcome (import_id, outcome, position),
  CONSTRAINT import_rows_outcome CHECK (outcome in ('created', 'updated', 'unchanged', 'refused')),
  CONSTRAINT import_rows_refused CHECK (outcome = 'refused' = code is not null)
);

CREATE TABLE imports (
  id binary(16) NOT NULL,
  user_id binary(16) NOT NULL,
  idempotency_key varbinary(255) NOT NULL,
  status varchar(8) COLLATE ascii_bin NOT NULL DEFAULT 'open',
  rows_done int unsigned NOT NULL DEFAULT 0,
  rows_hash binary(32) NOT NULL,
  created int unsigned NOT NULL DEFAULT 0,
  updated int unsigned NOT NULL DEFAULT 0,
  unchanged int unsigned NOT NULL DEFAULT 0,
  refused int unsigned NOT NULL DEFAULT 0,
  created_at datetime(3) NOT NULL,
  updated_at datetime(3) NOT NULL,
  rows_pruned_at datetime(3) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY imports_idempotency (user_id, idempotency_key),
  KEY imports_unpruned (rows_pruned_at, updated_at),
  CONSTRAINT imports_rows CHECK (rows_done = created + updated + unchanged + refused),
  CONSTRAINT imports_status CHECK (status in ('open', 'done'))
);

CREATE TABLE inbox (
  consumer varchar(64) COLLATE ascii_bin NOT NULL,
  event_id binary(16) NOT NULL,
  received_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (consumer, event_id),
  KEY inbox_received_at (received_at)
);

CREATE TABLE outbox (
  id bigint unsigned NOT NULL AUTO_INCREMENT,
  event_id binary(16) NOT NULL,
  topic varchar(100) COLLATE ascii_bin NOT NULL,
  message_key varbinary(64) NOT NULL,
  type varchar(64) COLLATE ascii_bin NOT NULL,
  payload mediumtext COLLATE utf8mb4_bin NOT NULL,
  created_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (id)
);

CREATE TABLE packing_claims (
  purchase_id binary(16) NOT NULL,
  packer_id binary(16) NOT NULL,
  claimed_at datetime(3) NOT NULL,
  PRIMARY KEY (purchase_id),
  KEY packing_claims_packer (packer_id, claimed_at)
);

CREATE TABLE parked_outbox (
  id bigint unsigned NOT NULL,
  event_id binary(16) NOT NULL,
  topic varchar(100) COLLATE ascii_bin NOT NULL,
  message_key varbinary(64) NOT NULL,
  type varchar(64) COLLATE ascii_bin NOT NULL,
  payload mediumtext COLLATE utf8mb4_bin NOT NULL,
  created_at datetime(3) NOT NULL,
  parked_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  reason varchar(1000) COLLATE utf8mb4_bin NULL,
  PRIMARY KEY (id),
  KEY parked_outbox_event (event_id),
  KEY parked_outbox_key (topic, message_key, id)
);

CREATE TABLE product_categories (
  category_id binary(16) NOT NULL,
  product_id binary(16) NOT NULL,
  PRIMARY KEY (category_id, product_id),
  KEY product_categories_product (product_id),
  CONSTRAINT product_categories_category FOREIGN KEY (category_id) REFERENCES categories (id),
  CONSTRAINT product_categories_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE
);

CREATE TABLE product_labels (
  name varchar(40) COLLATE utf8mb4_bin NOT NULL,
  value varchar(200) COLLATE utf8mb4_bin NOT NULL,
  product_id binary(16) NOT NULL,
  PRIMARY KEY (name, value, product_id),
  KEY product_labels_product (product_id),
  CONSTRAINT product_labels_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE
);

CREATE TABLE products (
  id binary(16) NOT NULL,
  category_id binary(16) NOT NULL,
  name varchar(200) COLLATE utf8mb4_unicode_ci NOT NULL,
  description text COLLATE utf8mb4_unicode_ci NOT NULL,
  price_minor bigint NOT NULL,
  currency char(3) COLLATE ascii_bin NOT NULL,
  image_url varchar(2000) COLLATE utf8mb4_unicode_ci NULL,
  stock bigint NOT NULL,
  status varchar(10) COLLATE ascii_bin NOT NULL DEFAULT 'active',
  version int unsigned NOT NULL DEFAULT 1,
  created_at datetime(3) NOT NULL,
  updated_at datetime(3) NOT NULL,
  sku varchar(64) COLLATE utf8mb4_bin NULL,
  low_stock_threshold bigint NULL,
  in_stock tinyint AS (stock > 0) STORED NULL,
  is_low_stock tinyint AS (low_stock_threshold is not null and stock <= low_stock_threshold) STORED NULL,
  further_category_ids varchar(800) COLLATE ascii_bin NULL,
  slug varchar(100) COLLATE utf8mb4_bin NULL,
  brand varchar(100) COLLATE utf8mb4_bin NULL,
  barcode varchar(14) COLLATE ascii_bin NULL,
  compare_at_price_minor bigint NULL,
  tax_rate_percent decimal(5,2) NULL,
  weight_grams int unsigned NULL,
  tags text COLLATE utf8mb4_bin NULL,
  attributes text COLLATE utf8mb4_bin NULL,
  images text COLLATE utf8mb4_bin NULL,
  is_draft tinyint NOT NULL DEFAULT 0,
  parent_id binary(16) NULL,
  options varchar(400) COLLATE utf8mb4_bin NULL,
  option_values varchar(640) COLLATE utf8mb4_bin NULL,
  archived_with_parent tinyint NOT NULL DEFAULT 0,
  search_version int unsigned NULL,
  is_search_stale tinyint AS (search_version is null or search_version <> version) STORED NULL,
  PRIMARY KEY (id),
  KEY products_barcode (barcode),
  KEY products_brand (status, brand, id),
  KEY products_category (category_id, status, id),
  KEY products_category_currency_price (category_id, status, currency, price_minor, id),
  KEY products_category_name (category_id, status, name, id),
  KEY products_category_price (category_id, status, price_minor, id),
  UNIQUE KEY products_combination (parent_id, option_values),
  KEY products_currency_price (status, currency, price_minor, id),
  KEY products_draft (status, is_draft, id),
  KEY products_family (parent_id, status, price_minor, id),
  KEY products_in_stock (status, in_stock, id),
  KEY products_low_stock (status, is_low_stock, id),
  KEY products_name (status, name, id),
  KEY products_newest (status, id),
  KEY products_price (status, price_minor, id),
  KEY products_search_stale (is_search_stale, id),
  UNIQUE KEY products_sku (sku),
  UNIQUE KEY products_slug (slug),
  FULLTEXT KEY products_text (name, description),
  CONSTRAINT products_category FOREIGN KEY (category_id) REFERENCES categories (id),
  CONSTRAINT products_parent FOREIGN KEY (parent_id) REFERENCES products (id),
  CONSTRAINT products_barcode CHECK (char_length(barcode) in (8, 12, 13, 14)),
  CONSTRAINT products_compare_at_price CHECK (compare_at_price_minor between 1 and 9007199254740991),
  CONSTRAINT products_is_draft CHECK (is_draft in (0, 1)),
  CONSTRAINT products_low_stock_threshold CHECK (low_stock_threshold between 0 and 9007199254740991),
  CONSTRAINT products_parent_stock CHECK (options is null or stock = 0 and parent_id is null),
  CONSTRAINT products_price CHECK (price_minor between 0 and 9007199254740991),
  CONSTRAINT products_status CHECK (status in ('active', 'archived')),
  CONSTRAINT products_stock CHECK (stock between 0 and 9007199254740991),
  CONSTRAINT products_tax_rate CHECK (tax_rate_percent between 0 and 100),
  CONSTRAINT products_variant CHECK (parent_id is null = option_values is null),
  CONSTRAINT products_weight CHECK (weight_grams <= 1000000000)
);

CREATE TABLE purchase_addresses (
  purchase_id binary(16) NOT NULL,
  user_id binary(16) NOT NULL,
  name varchar(100) COLLATE utf8mb4_bin NOT NULL,
  line1 varchar(200) COLLATE utf8mb4_bin NOT NULL,
  line2 varchar(200) COLLATE utf8mb4_bin NULL,
  postal_code varchar(16) COLLATE utf8mb4_bin NOT NULL,
  city varchar(100) COLLATE utf8mb4_bin NOT NULL,
  region varchar(100) COLLATE utf8mb4_bin NULL,
  country char(2) COLLATE ascii_bin NOT NULL,
  phone varchar(40) COLLATE utf8mb4_bin NULL,
  PRIMARY KEY (purchase_id),
  KEY purchase_addresses_user (user_id)
);

CREATE TABLE purchase_items (
  purchase_id binary(16) NOT NULL,
  position tinyint unsigned NOT NULL,
  product_id binary(16) NOT NULL,
  name varchar(200) COLLATE utf8mb4_unicode_ci NOT NULL,
  quantity int unsigned NOT NULL,
  unit_price_minor bigint NOT NULL,
  option_values varchar(640) COLLATE utf8mb4_bin NULL,
  sku varchar(64) COLLATE utf8mb4_bin NULL,
  discount_minor bigint NOT NULL DEFAULT 0,
  tax_rate_percent decimal(5,2) NULL,
  PRIMARY KEY (purchase_id, position),
  CONSTRAINT purchase_items_purchase FOREIGN KEY (purchase_id) REFERENCES purchases (id),
  CONSTRAINT purchase_items_quantity CHECK (quantity between 1 and 1000000)
);

CREATE TABLE purchase_timeline (
  id bigint unsigned NOT NULL AUTO_INCREMENT,
  purchase_id binary(16) NOT NULL,
  at datetime(3) NOT NULL,
  type varchar(64) COLLATE ascii_bin NOT NULL,
  service varchar(16) COLLATE ascii_bin NOT NULL,
  event_id binary(16) NOT NULL,
  detail text COLLATE utf8mb4_bin NULL,
  PRIMARY KEY (id),
  KEY purchase_timeline_purchase (purchase_id, at, id)
);

CREATE TABLE purchases (
  id binary(16) NOT NULL,
  user_id binary(16) NOT NULL,
  status varchar(10) COLLATE ascii_bin NOT NULL,
  total_minor bigint NOT NULL,
  currency char(3) COLLATE ascii_bin NOT NULL,
  decline_reason varchar(64) COLLATE ascii_bin NULL,
  refund varchar(8) COLLATE ascii_bin NOT NULL DEFAULT 'none',
  version int unsigned NOT NULL DEFAULT 1,
  idempotency_key varbinary(255) NOT NULL,
  request_hash binary(32) NOT NULL,
  created_at datetime(3) NOT NULL,
  updated_at datetime(3) NOT NULL,
  tracking_code varchar(100) COLLATE utf8mb4_bin NULL,
  sent_hash binary(32) NULL,
  subtotal_minor bigint NULL,
  discount_minor bigint NOT NULL DEFAULT 0,
  delivery_minor bigint NOT NULL DEFAULT 0,
  tax varchar(4000) COLLATE ascii_bin NULL,
  coupon_code varchar(32) COLLATE ascii_bin NULL,
  refunded_minor bigint NOT NULL DEFAULT 0,
  delivery_method varchar(2000) COLLATE utf8mb4_bin NULL,
  refunded_sequence bigint NOT NULL DEFAULT 0,
  number char(8) COLLATE ascii_bin NULL,
  PRIMARY KEY (id),
  UNIQUE KEY purchases_idempotency (user_id, idempotency_key),
  UNIQUE KEY purchases_number (number),
  KEY purchases_status (status, id),
  KEY purchases_tracking (tracking_code, id),
  KEY purchases_updated (updated_at, id),
  KEY purchases_user (user_id, id),
  KEY purchases_user_status (user_id, status),
  CONSTRAINT purchases_decline CHECK (status = 'declined' = decline_reason is not null),
  CONSTRAINT purchases_refund CHECK (refund = 'none' or status = 'cancelled' and refund in ('pending', 'done')),
  CONSTRAINT purchases_status CHECK (status in ('requested', 'paid', 'declined', 'cancelled', 'shipped', 'delivered')),
  CONSTRAINT purchases_total CHECK (total_minor between 0 and 9007199254740991)
);

CREATE TABLE quarantined (
  consumer varchar(64) COLLATE ascii_bin NOT NULL,
  message_key varbinary(255) NOT NULL,
  created_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (consumer, message_key)
);

CREATE TABLE refunds (
  id binary(16) NOT NULL,
  purchase_id binary(16) NOT NULL,
  user_id binary(16) NOT NULL,
  claim_id binary(16) NULL,
  amount_minor bigint NOT NULL,
  currency char(3) COLLATE ascii_bin NOT NULL,
  status varchar(16) COLLATE ascii_bin NOT NULL,
  reason varchar(500) COLLATE utf8mb4_bin NULL,
  requested_by binary(16) NOT NULL,
  decided_by binary(16) NULL,
  asked_at datetime(3) NULL,
  attempts int unsigned NOT NULL DEFAULT 0,
  next_attempt_at datetime(3) NULL,
  rejection varchar(64) COLLATE ascii_bin NULL,
  transfer_id binary(16) NULL,
  idempotency_key varbinary(255) NULL,
  request_hash binary(32) NULL,
  sent_hash binary(32) NULL,
  created_at datetime(3) NOT NULL,
  updated_at datetime(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY refunds_claim (claim_id),
  KEY refunds_due (status, next_attempt_at),
  UNIQUE KEY refunds_idempotency (requested_by, idempotency_key),
  KEY refunds_purchase (purchase_id, id),
  KEY refunds_status (status, id),
  KEY refunds_user (user_id, id),
  CONSTRAINT refunds_claim_exists FOREIGN KEY (claim_id) REFERENCES claims (id),
  CONSTRAINT refunds_purchase_exists FOREIGN KEY (purchase_id) REFERENCES purchases (id),
  CONSTRAINT refunds_amount CHECK (amount_minor between 1 and 9007199254740991),
  CONSTRAINT refunds_done CHECK (status = 'done' = transfer_id is not null),
  CONSTRAINT refunds_keyed CHECK (claim_id is null = idempotency_key is not null),
  CONSTRAINT refunds_next_attempt CHECK (status = 'pending' = next_attempt_at is not null),
  CONSTRAINT refunds_others CHECK (requested_by <> user_id and decided_by is null or decided_by <> requested_by and decided_by <> user_id),
  CONSTRAINT refunds_rejected CHECK (status = 'rejected' = rejection is not null),
  CONSTRAINT refunds_status CHECK (status in ('review', 'pending', 'done', 'rejected'))
);

CREATE TABLE search_common_words (
  word varbinary(255) NOT NULL,
  PRIMARY KEY (word)
);

CREATE TABLE search_documents (
  product_id binary(16) NOT NULL,
  sample binary(4) NOT NULL,
  words blob NOT NULL,
  PRIMARY KEY (product_id),
  KEY search_documents_sample (sample)
);

CREATE TABLE search_spellings (
  spelling varbinary(96) NOT NULL,
  word varbinary(96) NOT NULL,
  PRIMARY KEY (spelling, word)
);

CREATE TABLE search_stop_words (
  word varbinary(255) NOT NULL,
  PRIMARY KEY (word)
);

CREATE TABLE search_words (
  word varbinary(255) NOT NULL,
  product_id binary(16) NOT NULL,
  PRIMARY KEY (word, product_id)
);

CREATE TABLE seen_images (
  id binary(16) NOT NULL,
  owner_id binary(16) NOT NULL,
  purpose varchar(8) COLLATE ascii_bin NOT NULL,
  seen_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (id),
  KEY seen_images_owner (owner_id, purpose),
  CONSTRAINT seen_images_purpose CHECK (purpose in ('product', 'claim'))
);

CREATE TABLE signature_starts (
  topic varchar(100) COLLATE ascii_bin NOT NULL,
  partition_id int NOT NULL,
  signed_from bigint NOT NULL,
  PRIMARY KEY (topic, partition_id)
);

CREATE TABLE stock_movement_details (
  movement_id binary(16) NOT NULL,
  reason varchar(12) COLLATE ascii_bin NOT NULL,
  note varchar(500) COLLATE utf8mb4_bin NULL,
  counted bigint NULL,
  counted_at datetime(3) NULL,
  source_id binary(16) NULL,
  product_id binary(16) NULL,
  PRIMARY KEY (movement_id),
  UNIQUE KEY stock_movement_details_once_per_source (source_id, product_id),
  CONSTRAINT stock_movement_details_movement FOREIGN KEY (movement_id) REFERENCES stock_movements (id),
  CONSTRAINT stock_movement_details_count CHECK (reason = 'count' = counted is not null and reason = 'count' = counted_at is not null),
  CONSTRAINT stock_movement_details_counted CHECK (counted >= 0),
  CONSTRAINT stock_movement_details_reason CHECK (reason in ('delivery', 'correction', 'damage', 'loss', 'found', 'transfer', 'count', 'claim-return')),
  CONSTRAINT stock_movement_details_source CHECK (reason = 'claim-return' = source_id is not null and source_id is null = product_id is null)
);

CREATE TABLE stock_movement_keys (
  user_id binary(16) NOT NULL,
  idempotency_key varbinary(255) NOT NULL,
  request_hash binary(32) NOT NULL,
  movement_id binary(16) NOT NULL,
  sent_hash binary(32) NULL,
  PRIMARY KEY (user_id, idempotency_key),
  UNIQUE KEY stock_movement_keys_movement (movement_id)
);

CREATE TABLE stock_movements (
  id binary(16) NOT NULL,
  product_id binary(16) NOT NULL,
  delta bigint NOT NULL,
  reason varchar(12) COLLATE ascii_bin NOT NULL,
  stock_after bigint NOT NULL,
  purchase_id binary(16) NULL,
  created_at datetime(3) NOT NULL,
  PRIMARY KEY (id),
  KEY stock_movements_product (product_id, id),
  UNIQUE KEY stock_movements_purchase (purchase_id, product_id, reason),
  CONSTRAINT stock_movements_product FOREIGN KEY (product_id) REFERENCES products (id),
  CONSTRAINT stock_movements_after CHECK (stock_after >= 0),
  CONSTRAINT stock_movements_of_purchase CHECK (reason in ('sale', 'return') = purchase_id is not null),
  CONSTRAINT stock_movements_reason CHECK (reason in ('opening', 'delivery', 'correction', 'sale', 'return'))
);

CREATE TABLE switches (
  name varchar(100) COLLATE ascii_bin NOT NULL,
  is_on tinyint NOT NULL,
  reason varchar(200) COLLATE utf8mb4_bin NOT NULL,
  since datetime(3) NOT NULL,
  until_at datetime(3) NULL,
  actor_id binary(16) NULL,
  actor_name varchar(100) COLLATE utf8mb4_bin NULL,
  PRIMARY KEY (name)
);
