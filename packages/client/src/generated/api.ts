// Generated from docs/api/florin.json: change the services, then run npm run docs.
export interface paths {
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The public keys that verify access tokens (RFC 7517)
         * @description For anyone; a token is optional.
         */
        get: operations["getJwks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/signout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out: every service rejects the tokens of this session
         * @description Without a valid access token, the cookie florin_refresh names the session, if the request comes from a page of an allowed origin. With both, the sessions of both end. The cookie is deleted.
         *
         *     For every signed-in user, by access token or session cookie.
         */
        post: operations["signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your open sessions, newest first
         * @description For every signed-in user.
         */
        get: operations["listMySessions"];
        put?: never;
        post?: never;
        /**
         * End all your sessions, also this one: every service rejects their tokens
         * @description For every signed-in user.
         */
        delete: operations["endAllMySessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/signin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description For anyone; a token is optional.
         */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange a refresh token for a new pair of tokens
         * @description Without `refreshToken` the token of the cookie florin_refresh is used, if the request comes from a page of an allowed origin, and the new token is in the cookie.
         *
         *     For anyone; a token is optional.
         */
        post: operations["refreshTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/me/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of your sessions: every service rejects its tokens
         * @description For every signed-in user.
         */
        delete: operations["endMySession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/signup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create an account; its wallet follows
         * @description For anyone; a token is optional.
         */
        post: operations["signUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your account
         * @description For every signed-in user.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        /**
         * Erase your account: personal data is deleted, tokens stop working, your wallet is frozen
         * @description For every signed-in user.
         */
        delete: operations["eraseMe"];
        options?: never;
        head?: never;
        /**
         * Change your profile
         * @description For every signed-in user.
         */
        patch: operations["updateMe"];
        trace?: never;
    };
    "/v1/users/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change your password: access tokens stop working; this session stays open and needs a refresh, all others end
         * @description For every signed-in user.
         */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the accounts, newest first
         * @description For admins.
         */
        get: operations["listUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an account
         * @description For admins.
         */
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{id}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the roles of a user: access tokens become void, sessions stay open and get the new roles
         * @description For admins.
         */
        put: operations["setUserRoles"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Disable a user: sessions end and every service rejects the tokens
         * @description For admins.
         */
        post: operations["disableUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enable a disabled user
         * @description For admins.
         */
        post: operations["enableUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{id}/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unlock a user: failed attempts on the password no longer delay a sign-in; no session ends
         * @description For admins.
         */
        post: operations["unlockUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End all sessions of a user: every service rejects their tokens, and the user may sign in again
         * @description For admins.
         */
        delete: operations["endUserSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List dead and parked messages, in the order in which they arrived
         * @description For admins.
         */
        get: operations["listAuthDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/dead-letters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a dead letter
         * @description For admins.
         */
        get: operations["getAuthDeadLetter"];
        put?: never;
        post?: never;
        /**
         * Drop a dead letter for good
         * @description For admins.
         */
        delete: operations["dropAuthDeadLetter"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/dead-letters/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Handle a dead letter again, and then the messages parked behind it, in order
         * @description For admins.
         */
        post: operations["replayAuthDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/parked-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List events that the broker refused and the events that wait behind them, oldest first
         * @description For admins.
         */
        get: operations["listAuthParkedEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/parked-events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a parked event
         * @description For admins.
         */
        get: operations["getAuthParkedEvent"];
        put?: never;
        post?: never;
        /**
         * Drop a parked event for good: it is never published
         * @description For admins.
         */
        delete: operations["dropAuthParkedEvent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/parked-events/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish the parked events of the same key, oldest first
         * @description For admins.
         */
        post: operations["replayAuthParkedEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what admins did, newest first
         * @description For admins.
         */
        get: operations["listAuthAuditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/switches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the switches of this service
         * @description For admins.
         */
        get: operations["listAuthSwitches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the status of this service
         * @description As the instance that answers knows it. A measure that was never taken is null..
         *
         *     For admins.
         */
        get: operations["getAuthStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List purchases: their own for buyers, all for staff
         * @description A search by email is audited.
         *
         *     For every signed-in user.
         */
        get: operations["listPurchases"];
        put?: never;
        /**
         * Request a purchase
         * @description For every signed-in user.
         */
        post: operations["createPurchase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases/quote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Price an order without buying it
         * @description Takes nothing from the stock. With a token, the answer says whether the wallet covers the order.
         *
         *     For anyone; a token is optional.
         */
        post: operations["quotePurchase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cart/checkout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Buy your cart and empty it
         * @description For every signed-in user.
         */
        post: operations["checkoutCart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases/{id}/reorder": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put the items of a purchase into your cart
         * @description If the cart has the product already, the larger quantity is kept. Repeating the request changes nothing.
         *
         *     For every signed-in user.
         */
        post: operations["reorderPurchase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count purchases by status: their own for buyers, all for staff
         * @description For every signed-in user.
         */
        get: operations["getPurchaseSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a purchase
         * @description For every signed-in user.
         */
        get: operations["getPurchase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of a purchase from all services, oldest first
         * @description For every signed-in user.
         */
        get: operations["listPurchaseTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a purchase that is requested or paid
         * @description For every signed-in user.
         */
        post: operations["cancelPurchase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases/{id}/ship": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark a paid purchase as shipped
         * @description Not for your own purchase.
         *
         *     For staff and admins.
         */
        post: operations["shipPurchase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases/{id}/deliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark a shipped purchase as delivered
         * @description Not for your own purchase.
         *
         *     For staff and admins.
         */
        post: operations["deliverPurchase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read your cart
         * @description For every signed-in user.
         */
        get: operations["getCart"];
        put?: never;
        post?: never;
        /**
         * Remove everything from your cart
         * @description For every signed-in user.
         */
        delete: operations["emptyCart"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cart/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add units of a product to your cart
         * @description For every signed-in user.
         */
        post: operations["addCartItem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cart/items/{productId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the units of a product in your cart
         * @description For every signed-in user.
         */
        put: operations["setCartItem"];
        post?: never;
        /**
         * Remove a product from your cart
         * @description For every signed-in user.
         */
        delete: operations["removeCartItem"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cart/coupon": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set or remove the coupon of your cart
         * @description Any code is kept. If its coupon does not apply now, the cart has the problem COUPON_NOT_APPLICABLE.
         *
         *     For every signed-in user.
         */
        put: operations["setCartCoupon"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cart/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put the items that a browser kept before the sign-in into your cart
         * @description If the cart has the product already, the larger quantity is kept. Repeating the request changes nothing.
         *
         *     For every signed-in user.
         */
        post: operations["mergeCart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases/{id}/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Claim units of your delivered purchase
         * @description For every signed-in user.
         */
        post: operations["createClaim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List claims, newest first: their own for buyers, all for staff
         * @description For every signed-in user.
         */
        get: operations["listClaims"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/claims/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a claim
         * @description For every signed-in user.
         */
        get: operations["getClaim"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/claims/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the messages about a claim, oldest first
         * @description For every signed-in user.
         */
        get: operations["listClaimMessages"];
        put?: never;
        /**
         * Write a message about a claim: its buyer, or staff
         * @description Messages are deleted when the buyer is erased.
         *
         *     For every signed-in user.
         */
        post: operations["createClaimMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/claims/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw your open claim
         * @description For every signed-in user.
         */
        post: operations["withdrawClaim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/claims/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve an open claim
         * @description Not for your own claim. A refund above REFUND_REVIEW_ABOVE_MINOR needs a second member of staff.
         *
         *     For staff and admins.
         */
        post: operations["approveClaim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/claims/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject an open claim
         * @description Not for your own claim.
         *
         *     For staff and admins.
         */
        post: operations["rejectClaim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/claims/{id}/received": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record that the returned parcel of a claim was received
         * @description Not for your own claim. Money and stock move now.
         *
         *     For staff and admins.
         */
        post: operations["receiveClaim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases/{id}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refund a part of a purchase
         * @description Not for your own purchase. Keys are per user. Above REFUND_REVIEW_ABOVE_MINOR the refund is in review until another member of staff approves it.
         *
         *     For staff and admins.
         */
        post: operations["createRefund"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List partial refunds, newest first
         * @description With `status=pending`: the refunds that payment has not answered yet. With `status=review`: those to decide.
         *
         *     For staff and admins.
         */
        get: operations["listRefunds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/refunds/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a refund in review: payment is asked for it
         * @description Not for the member of staff who requested the refund, and not for the buyer.
         *
         *     For staff and admins.
         */
        post: operations["approveRefund"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/refunds/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject a refund in review
         * @description Not for the member of staff who requested the refund, and not for the buyer.
         *
         *     For staff and admins.
         */
        post: operations["rejectRefund"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/coupons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List coupons, newest first
         * @description For staff and admins.
         */
        get: operations["listCoupons"];
        put?: never;
        /**
         * Create a coupon
         * @description For staff and admins.
         */
        post: operations["createCoupon"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/coupons/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a coupon
         * @description For staff and admins.
         */
        get: operations["getCoupon"];
        put?: never;
        post?: never;
        /**
         * Archive a coupon; accepted purchases keep their discount
         * @description For staff and admins.
         */
        delete: operations["archiveCoupon"];
        options?: never;
        head?: never;
        /**
         * Change a coupon; accepted purchases keep their discount
         * @description For staff and admins.
         */
        patch: operations["updateCoupon"];
        trace?: never;
    };
    "/v1/delivery-methods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the delivery methods, the cheapest first
         * @description For anyone; a token is optional.
         */
        get: operations["listDeliveryMethods"];
        put?: never;
        /**
         * Create a delivery method
         * @description For staff and admins.
         */
        post: operations["createDeliveryMethod"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/delivery-methods/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a delivery method
         * @description For staff and admins.
         */
        get: operations["getDeliveryMethod"];
        put?: never;
        post?: never;
        /**
         * Delete a delivery method
         * @description Purchases keep their copy of it.
         *
         *     For staff and admins.
         */
        delete: operations["deleteDeliveryMethod"];
        options?: never;
        head?: never;
        /**
         * Change a delivery method
         * @description Purchases keep the method as it was when they were requested.
         *
         *     For staff and admins.
         */
        patch: operations["updateDeliveryMethod"];
        trace?: never;
    };
    "/v1/purchases/{id}/delivery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the delivery of a purchase, with its address and history
         * @description For every signed-in user.
         */
        get: operations["getDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases/{id}/delivery/address": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the address of a purchase that is not shipped yet
         * @description For every signed-in user.
         */
        put: operations["setDeliveryAddress"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases/{id}/delivery/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report what happened to the parcel of a purchase
         * @description A status counts if it ranks above the current one: packed, handed-over, in-transit, then out-for-delivery and failed (the later `at` counts), delivered, returned. Other reports join the history only. A paid purchase whose parcel was handed over is shipped; `delivered` also delivers it; `returned` before the delivery cancels it, with its stock and money back. Not for your own purchase.
         *
         *     For staff and admins.
         */
        post: operations["reportDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/packing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the paid purchases, the oldest first, with who packs them
         * @description For staff and admins.
         */
        get: operations["listPurchasesToPack"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases/{id}/claim-packing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Claim the packing of a paid purchase
         * @description The claim is released after an hour. Not for your own purchase.
         *
         *     For staff and admins.
         */
        post: operations["claimPacking"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/packing/pick-list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Print what to fetch for many purchases, by category and SKU
         * @description For staff and admins.
         */
        get: operations["getPickList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases/{id}/packing-slip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Print the packing slip of a purchase
         * @description For staff and admins.
         */
        get: operations["getPackingSlip"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases/ship:batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ship up to 100 paid purchases, with a result for each
         * @description A purchase that cannot be shipped does not affect the others. Sent again, shipped purchases stay unchanged.
         *
         *     For staff and admins.
         */
        post: operations["shipPurchases"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find customers by name, e-mail address or the number of a purchase
         * @description The search is audited.
         *
         *     For staff and admins.
         */
        get: operations["listCustomers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the contact of a customer
         * @description The read is audited.
         *
         *     For staff and admins.
         */
        get: operations["getCustomer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{id}/stock-movements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a product's stock movements, newest first
         * @description For staff and admins.
         */
        get: operations["listStockMovements"];
        put?: never;
        /**
         * Move stock: post a delivery, a correction, a loss or a count
         * @description Idempotency keys are per user: if two users send the same key, the stock moves twice.
         *
         *     For staff and admins.
         */
        post: operations["createStockMovement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create and change products from a file. Sending the file again under the same key continues an interrupted import
         * @description Idempotency keys are per user: if two users send the same key, the file is imported twice.
         *
         *     For staff and admins.
         */
        post: operations["importProducts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/product-imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an import
         * @description For staff and admins.
         */
        get: operations["getProductImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/product-imports/{id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the row results of an import, in the order of the file
         * @description For staff and admins.
         */
        get: operations["listProductImportRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export all products as a file that can be imported
         * @description For staff and admins.
         */
        get: operations["exportProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List categories, oldest first, or as a tree sorted by name
         * @description For anyone; a token is optional.
         */
        get: operations["listCategories"];
        put?: never;
        /**
         * Create a category
         * @description For staff and admins.
         */
        post: operations["createCategory"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/categories/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a category
         * @description For anyone; a token is optional.
         */
        get: operations["getCategory"];
        put?: never;
        post?: never;
        /**
         * Delete an empty category
         * @description For staff and admins.
         */
        delete: operations["deleteCategory"];
        options?: never;
        head?: never;
        /**
         * Change a category, or move it with its subcategories
         * @description For staff and admins.
         */
        patch: operations["updateCategory"];
        trace?: never;
    };
    "/v1/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List products
         * @description For anyone; a token is optional.
         */
        get: operations["listProducts"];
        put?: never;
        /**
         * Create a product, or a product with options and its variants
         * @description For staff and admins.
         */
        post: operations["createProduct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a product
         * @description For anyone; a token is optional.
         */
        get: operations["getProduct"];
        put?: never;
        post?: never;
        /**
         * Archive a product, and its variants with it
         * @description For staff and admins.
         */
        delete: operations["archiveProduct"];
        options?: never;
        head?: never;
        /**
         * Change a product; purchases keep their name and price
         * @description For staff and admins.
         */
        patch: operations["updateProduct"];
        trace?: never;
    };
    "/v1/products/{id}/variants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add variants to a product with options, all or none
         * @description For staff and admins.
         */
        post: operations["createProductVariants"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{id}/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give options to a product. It becomes the first variant of a new product and keeps its id, price and stock
         * @description For staff and admins.
         */
        post: operations["createProductOptions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the settings of the shop
         * @description For anyone; a token is optional.
         */
        get: operations["readShop"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sitemap.xml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the sitemap of the shop
         * @description For search engines, by the sitemaps.org protocol. It may be up to an hour old..
         *
         *     For anyone; a token is optional.
         */
        get: operations["readSitemap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/product/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List dead and parked messages, in the order in which they arrived
         * @description For admins.
         */
        get: operations["listProductDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/product/dead-letters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a dead letter
         * @description For admins.
         */
        get: operations["getProductDeadLetter"];
        put?: never;
        post?: never;
        /**
         * Drop a dead letter for good
         * @description For admins.
         */
        delete: operations["dropProductDeadLetter"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/product/dead-letters/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Handle a dead letter again, and then the messages parked behind it, in order
         * @description For admins.
         */
        post: operations["replayProductDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/product/parked-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List events that the broker refused and the events that wait behind them, oldest first
         * @description For admins.
         */
        get: operations["listProductParkedEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/product/parked-events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a parked event
         * @description For admins.
         */
        get: operations["getProductParkedEvent"];
        put?: never;
        post?: never;
        /**
         * Drop a parked event for good: it is never published
         * @description For admins.
         */
        delete: operations["dropProductParkedEvent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/product/parked-events/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish the parked events of the same key, oldest first
         * @description For admins.
         */
        post: operations["replayProductParkedEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/product/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what admins did, newest first
         * @description For admins.
         */
        get: operations["listProductAuditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/product/switches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the switches of this service
         * @description For admins.
         */
        get: operations["listProductSwitches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/product/switches/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Throw a switch, or take it back
         * @description All instances follow within a second. Repeating a change answers the same..
         *
         *     For admins.
         */
        put: operations["setProductSwitch"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/product/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the status of this service
         * @description As the instance that answers knows it. A measure that was never taken is null..
         *
         *     For admins.
         */
        get: operations["getProductStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read your wallet
         * @description For every signed-in user.
         */
        get: operations["getMyWallet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallet/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read your wallet's balance at a time
         * @description For every signed-in user.
         */
        get: operations["getMyWalletBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallet/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your wallet's entries, newest first
         * @description For every signed-in user.
         */
        get: operations["listMyWalletEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List wallets, newest first
         * @description For staff and admins.
         */
        get: operations["listWallets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallets/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a user's wallet
         * @description For staff and admins.
         */
        get: operations["getWallet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallets/{userId}/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the balance of a user's wallet at a time
         * @description For staff and admins.
         */
        get: operations["getWalletBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallets/{userId}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the entries of a user's wallet, newest first
         * @description For staff and admins.
         */
        get: operations["listWalletEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallets/{userId}/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set a wallet's limits; missing limits keep their values
         * @description Not for your own wallet.
         *
         *     For admins.
         */
        put: operations["setWalletLimits"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallets/{userId}/freeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Freeze a wallet: it declines purchases and holds, and accepts refunds and captures
         * @description For admins.
         */
        post: operations["freezeWallet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallets/{userId}/unfreeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unfreeze a wallet that is not your own
         * @description For admins.
         */
        post: operations["unfreezeWallet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallets/{userId}/adjustments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adjust a wallet's balance
         * @description Not for your own wallet. Keys are per user: the same key from two admins makes two adjustments. Above ADJUSTMENT_REVIEW_ABOVE_MINOR another admin must approve it.
         *
         *     For admins.
         */
        post: operations["createAdjustment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/adjustments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the adjustments that need or needed a review, newest first
         * @description For admins.
         */
        get: operations["listAdjustments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/adjustments/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a pending adjustment: its money moves
         * @description Not for the admin who requested the adjustment, and not for the owner of the wallet.
         *
         *     For admins.
         */
        post: operations["approveAdjustment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/adjustments/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject a pending adjustment
         * @description Not for the admin who requested the adjustment, and not for the owner of the wallet.
         *
         *     For admins.
         */
        post: operations["rejectAdjustment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallets/{userId}/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Place a hold on a wallet, to capture or release it later
         * @description Not on your own wallet. Keys are per user: the same key from a member of staff and from an admin places two holds.
         *
         *     For staff and admins.
         */
        post: operations["placeHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holds/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a hold
         * @description For every signed-in user.
         */
        get: operations["getHold"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List holds, newest first
         * @description For staff and admins.
         */
        get: operations["listHolds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallet/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your wallet's holds, newest first
         * @description For every signed-in user.
         */
        get: operations["listMyHolds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holds/{id}/capture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Capture a hold, all or part, once
         * @description Not of your own wallet.
         *
         *     For staff and admins.
         */
        post: operations["captureHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holds/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release a hold
         * @description Not of your own wallet.
         *
         *     For staff and admins.
         */
        post: operations["releaseHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallet/top-ups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your wallet's top-ups, newest first
         * @description For every signed-in user.
         */
        get: operations["listTopUps"];
        put?: never;
        /**
         * Top up your wallet
         * @description For every signed-in user.
         */
        post: operations["createTopUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallet/top-ups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one of your top-ups
         * @description For every signed-in user.
         */
        get: operations["getTopUp"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallet/statements/{month}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a monthly statement of your wallet, as CSV or HTML
         * @description For every signed-in user.
         */
        get: operations["getMyStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallets/{userId}/statements/{month}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a monthly statement of a user's wallet
         * @description For staff and admins.
         */
        get: operations["getStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List payments, newest first: your own, or all for staff
         * @description For every signed-in user.
         */
        get: operations["listPayments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Explain a decision: the rules, and the wallet at that time
         * @description For every signed-in user.
         */
        get: operations["explainPayment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Audit the whole ledger, or one user's wallets
         * @description For admins.
         */
        get: operations["auditLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the trial balance: the sums of each account
         * @description For admins.
         */
        get: operations["getTrialBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payment/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List dead and parked messages, in the order in which they arrived
         * @description For admins.
         */
        get: operations["listPaymentDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payment/dead-letters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a dead letter
         * @description For admins.
         */
        get: operations["getPaymentDeadLetter"];
        put?: never;
        post?: never;
        /**
         * Drop a dead letter for good
         * @description For admins.
         */
        delete: operations["dropPaymentDeadLetter"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payment/dead-letters/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Handle a dead letter again, and then the messages parked behind it, in order
         * @description For admins.
         */
        post: operations["replayPaymentDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payment/parked-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List events that the broker refused and the events that wait behind them, oldest first
         * @description For admins.
         */
        get: operations["listPaymentParkedEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payment/parked-events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a parked event
         * @description For admins.
         */
        get: operations["getPaymentParkedEvent"];
        put?: never;
        post?: never;
        /**
         * Drop a parked event for good: it is never published
         * @description For admins.
         */
        delete: operations["dropPaymentParkedEvent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payment/parked-events/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish the parked events of the same key, oldest first
         * @description For admins.
         */
        post: operations["replayPaymentParkedEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payment/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what admins did, newest first
         * @description For admins.
         */
        get: operations["listPaymentAuditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payment/switches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the switches of this service
         * @description For admins.
         */
        get: operations["listPaymentSwitches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payment/switches/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Throw a switch, or take it back
         * @description All instances follow within a second. Repeating a change answers the same..
         *
         *     For admins.
         */
        put: operations["setPaymentSwitch"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payment/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the status of this service
         * @description As the instance that answers knows it. A measure that was never taken is null..
         *
         *     For admins.
         */
        get: operations["getPaymentStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload an image: of a product for staff, of a claim for buyers
         * @description Send JSON with a data URL, or the bytes of the image with its media type and `purpose` as a query parameter. The image is turned upright, its metadata is removed, and its longest edge becomes at most 2560 pixels. Images of products are public; those of claims are for their owner and staff, and are deleted when the owner is erased.
         *
         *     For every signed-in user.
         */
        post: operations["uploadImage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/images/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an image, in the best format that Accept names: AVIF, WebP or JPEG
         * @description Images of products need no token. Images of claims are for their owner and staff. A header that names none of the formats gets JPEG.
         *
         *     For anyone; a token is optional.
         */
        get: operations["getImage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List dead and parked messages, in the order in which they arrived
         * @description For admins.
         */
        get: operations["listMediaDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media/dead-letters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a dead letter
         * @description For admins.
         */
        get: operations["getMediaDeadLetter"];
        put?: never;
        post?: never;
        /**
         * Drop a dead letter for good
         * @description For admins.
         */
        delete: operations["dropMediaDeadLetter"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media/dead-letters/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Handle a dead letter again, and then the messages parked behind it, in order
         * @description For admins.
         */
        post: operations["replayMediaDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media/parked-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List events that the broker refused and the events that wait behind them, oldest first
         * @description For admins.
         */
        get: operations["listMediaParkedEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media/parked-events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a parked event
         * @description For admins.
         */
        get: operations["getMediaParkedEvent"];
        put?: never;
        post?: never;
        /**
         * Drop a parked event for good: it is never published
         * @description For admins.
         */
        delete: operations["dropMediaParkedEvent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media/parked-events/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish the parked events of the same key, oldest first
         * @description For admins.
         */
        post: operations["replayMediaParkedEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what admins did, newest first
         * @description For admins.
         */
        get: operations["listMediaAuditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media/switches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the switches of this service
         * @description For admins.
         */
        get: operations["listMediaSwitches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media/switches/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Throw a switch, or take it back
         * @description All instances follow within a second. Repeating a change answers the same..
         *
         *     For admins.
         */
        put: operations["setMediaSwitch"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the status of this service
         * @description As the instance that answers knows it. A measure that was never taken is null..
         *
         *     For admins.
         */
        get: operations["getMediaStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Address: {
            name: string;
            line1: string;
            line2?: string;
            postalCode: string;
            city: string;
            region?: string;
            /** @description A code of ISO 3166-1 */
            country: string;
            phone?: string;
        };
        Adjustment: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            userId: string;
            /**
             * Format: int64
             * @description Signed: negative debits the wallet
             */
            amountMinor: number;
            currency: string;
            /** @description Empty if the user was erased */
            reason: string;
            /**
             * @description posted: without a review. pending: another admin decides. An open set
             * @enum {string}
             */
            status: "posted" | "pending" | "approved" | "rejected" | (string & {});
            /**
             * Format: uuid
             * @description The admin who requested the adjustment
             */
            requestedBy: string;
            /**
             * Format: uuid
             * @description The admin who approved or rejected it
             */
            decidedBy?: string;
            /** Format: date-time */
            decidedAt?: string;
            /**
             * Format: uuid
             * @description Present once the money has moved
             */
            transferId?: string;
            /**
             * Format: int64
             * @description Present once the money has moved
             */
            balanceAfterMinor?: number;
            /** Format: date-time */
            createdAt: string;
        };
        AuditEntry: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            /**
             * Format: uuid
             * @description null: an operator's command, or nobody who is signed in
             */
            actorId: string | null;
            action: string;
            subject: string;
            /** @description What changed, as it was */
            before?: unknown;
            /** @description What changed, as it is since */
            after?: unknown;
            requestId: string | null;
        };
        /**
         * The buyer was erased
         * @example {
         *       "type": "/docs/errors#BUYER_ERASED",
         *       "title": "The buyer was erased",
         *       "status": 409,
         *       "code": "BUYER_ERASED",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        BuyerErasedProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "BUYER_ERASED";
        };
        /** The capture exceeds the hold */
        CaptureExceedsHoldProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "CAPTURE_EXCEEDS_HOLD";
            /**
             * Format: int64
             * @description Highest amount that is allowed now, in minor units
             */
            limitMinor: number;
        };
        Cart: {
            items: components["schemas"]["CartItem"][];
            /**
             * Format: int64
             * @description Sum of the items before the discount
             */
            subtotalMinor: number;
            /**
             * Format: int64
             * @description Sum of the discounts of the items
             */
            discountMinor: number;
            /**
             * Format: int64
             * @description Price of the delivery
             */
            deliveryMinor: number;
            /** @description The tax that the prices include, by rate; rates of 0 are left out */
            tax: components["schemas"]["TaxOfRate"][];
            /**
             * Format: int64
             * @description Subtotal - discount + delivery
             */
            totalMinor: number;
            currency: string;
            /** @description The coupon, if one applies */
            coupon?: {
                code: string;
            };
            /** @description Without a problem of severity error it can be bought */
            problems: components["schemas"]["OrderProblem"][];
            /**
             * Format: int64
             * @description Counts changes; 0 if there is no cart
             */
            version: number;
            /**
             * Format: date-time
             * @description Time of the last change. The cart is deleted CART_TTL_S seconds later
             */
            updatedAt?: string;
        };
        CartCoupon: {
            /** @description null removes the coupon */
            code: string | null;
        };
        /**
         * The cart is empty
         * @example {
         *       "type": "/docs/errors#CART_EMPTY",
         *       "title": "The cart is empty",
         *       "status": 409,
         *       "code": "CART_EMPTY",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        CartEmptyProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "CART_EMPTY";
        };
        /**
         * The cart is full
         * @example {
         *       "type": "/docs/errors#CART_FULL",
         *       "title": "The cart is full",
         *       "status": 409,
         *       "code": "CART_FULL",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        CartFullProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "CART_FULL";
        };
        CartItem: {
            /** Format: uuid */
            productId: string;
            name: string;
            /** Format: int64 */
            quantity: number;
            /** Format: int64 */
            unitPriceMinor: number;
            currency: string;
            /** @description The chosen value of each option, if the product is a variant */
            optionValues?: {
                [key: string]: string;
            };
            sku?: string;
            /**
             * Format: int64
             * @description What the coupon takes off the item; absent: nothing
             */
            discountMinor?: number;
            /** @description The tax that the price includes */
            taxRatePercent: number;
            /** @description false: the item cannot be bought, and does not count in the total */
            isInTotal: boolean;
            /**
             * Format: int64
             * @description The price when the quantity was last set
             */
            addedPriceMinor: number;
            addedCurrency: string;
        };
        CartItemQuantity: {
            /**
             * Format: int64
             * @description 0 removes the item
             */
            quantity: number;
        };
        CartMerge: {
            items: {
                /** Format: uuid */
                productId: string;
                /** Format: int64 */
                quantity: number;
            }[];
        };
        Category: {
            /** Format: uuid */
            id: string;
            name: string;
            description: string;
            /** Format: uuid */
            parentId: string | null;
            /** Format: int64 */
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description With tree=true: the subcategories, in the same form */
            children?: components["schemas"]["Category"][];
        };
        CategoryChanges: {
            name?: string;
            description?: string;
            /**
             * Format: uuid
             * @description The parent category; null at the top. Categories have at most 10 levels
             */
            parentId?: string | null;
        };
        /**
         * A category cannot be inside itself
         * @example {
         *       "type": "/docs/errors#CATEGORY_CYCLE",
         *       "title": "A category cannot be inside itself",
         *       "status": 409,
         *       "code": "CATEGORY_CYCLE",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        CategoryCycleProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "CATEGORY_CYCLE";
        };
        /**
         * The category has products, subcategories or coupons
         * @example {
         *       "type": "/docs/errors#CATEGORY_IN_USE",
         *       "title": "The category has products, subcategories or coupons",
         *       "status": 409,
         *       "code": "CATEGORY_IN_USE",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        CategoryInUseProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "CATEGORY_IN_USE";
        };
        /**
         * Another category with this parent has this name
         * @example {
         *       "type": "/docs/errors#CATEGORY_NAME_TAKEN",
         *       "title": "Another category with this parent has this name",
         *       "status": 409,
         *       "code": "CATEGORY_NAME_TAKEN",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        CategoryNameTakenProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "CATEGORY_NAME_TAKEN";
        };
        /**
         * Category not found
         * @example {
         *       "type": "/docs/errors#CATEGORY_NOT_FOUND",
         *       "title": "Category not found",
         *       "status": 422,
         *       "code": "CATEGORY_NOT_FOUND",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        CategoryNotFoundProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 422;
            /** @constant */
            code: "CATEGORY_NOT_FOUND";
        };
        /**
         * Categories can have at most ten levels
         * @example {
         *       "type": "/docs/errors#CATEGORY_TOO_DEEP",
         *       "title": "Categories can have at most ten levels",
         *       "status": 409,
         *       "code": "CATEGORY_TOO_DEEP",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        CategoryTooDeepProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "CATEGORY_TOO_DEEP";
        };
        Checkout: {
            /**
             * Format: int64
             * @description The total that the buyer saw. If the order costs another one, the answer is 409 TOTAL_CHANGED with the quote
             */
            expectedTotalMinor: number;
            /** @description The code of a coupon; null: none. Default: the coupon of the cart */
            couponCode?: string | null;
            delivery?: components["schemas"]["NewDelivery"];
            /** @description Default: by wallet */
            payment?: components["schemas"]["PaymentChoice"];
        };
        Claim: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            purchaseId: string;
            /** Format: uuid */
            userId: string;
            status: components["schemas"]["ClaimStatus"];
            items: components["schemas"]["ClaimItem"][];
            /** @enum {string} */
            reason: "damaged" | "wrong-item" | "not-as-described" | "changed-mind" | "other" | (string & {});
            /** @description What the buyer wrote. Missing if they wrote nothing or were erased */
            text?: string;
            /** @description The photos, for the buyer and staff. They are deleted with the buyer */
            photos: components["schemas"]["ClaimPhoto"][];
            /**
             * Format: int64
             * @description The approved refund; 0: none
             */
            refundMinor?: number;
            /** @description Whether the units go back to the stock */
            restock?: boolean;
            /** @description Whether money and stock wait until the parcel is received */
            returnRequired?: boolean;
            /** @description The refund, once it is requested */
            refund?: {
                /** @enum {string} */
                status: "review" | "pending" | "done" | "rejected" | (string & {});
                /** Format: int64 */
                amountMinor: number;
            };
            /** @description Why staff rejected the claim */
            rejection?: string;
            /** Format: date-time */
            decidedAt?: string;
            /**
             * Format: date-time
             * @description When the returned parcel was received
             */
            receivedAt?: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        ClaimApproval: {
            /**
             * Format: int64
             * @description 0: no refund
             */
            refundMinor: number;
            /** @description Whether the units go back to the stock */
            restock: boolean;
            /** @description Whether money and stock wait until the parcel is received */
            returnRequired: boolean;
        };
        /**
         * The claim has too many messages
         * @example {
         *       "type": "/docs/errors#CLAIM_CONVERSATION_FULL",
         *       "title": "The claim has too many messages",
         *       "status": 409,
         *       "code": "CLAIM_CONVERSATION_FULL",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        ClaimConversationFullProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "CLAIM_CONVERSATION_FULL";
        };
        /** Other claims leave fewer units */
        ClaimExceedsPurchaseProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "CLAIM_EXCEEDS_PURCHASE";
            /**
             * Format: uuid
             * @description The product of the request that the problem is about
             */
            productId: string;
            /** @description Units that can still be claimed */
            claimable: number;
        };
        ClaimItem: {
            /** Format: uuid */
            productId: string;
            /** Format: int64 */
            quantity: number;
        };
        ClaimMessage: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            claimId: string;
            /** @enum {string} */
            by: "buyer" | "staff" | (string & {});
            text: string;
            /** @description The photos, for the buyer and staff. They are deleted with the buyer */
            photos: components["schemas"]["ClaimPhoto"][];
            /** Format: date-time */
            createdAt: string;
        };
        ClaimPhoto: {
            /** Format: uuid */
            imageId: string;
            url: string;
        };
        ClaimRejection: {
            /** @description The buyer reads it */
            reason: string;
        };
        /** @enum {string} */
        ClaimStatus: "open" | "withdrawn" | "rejected" | "awaiting-return" | "approved" | (string & {});
        /**
         * The time for claims is over
         * @example {
         *       "type": "/docs/errors#CLAIM_WINDOW_OVER",
         *       "title": "The time for claims is over",
         *       "status": 409,
         *       "code": "CLAIM_WINDOW_OVER",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        ClaimWindowOverProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "CLAIM_WINDOW_OVER";
        };
        /**
         * Too many movements since the count
         * @example {
         *       "type": "/docs/errors#COUNT_TOO_OLD",
         *       "title": "Too many movements since the count",
         *       "status": 409,
         *       "code": "COUNT_TOO_OLD",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        CountTooOldProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "COUNT_TOO_OLD";
        };
        Coupon: {
            /** Format: uuid */
            id: string;
            code: string;
            /** @enum {string} */
            kind: "percent" | "amount" | (string & {});
            /**
             * Format: int64
             * @description Of the kind percent
             */
            percent?: number;
            /**
             * Format: int64
             * @description Of the kind amount
             */
            amountMinor?: number;
            /** @description The coupon applies only to purchases in this currency */
            currency?: string;
            /** Format: int64 */
            minSubtotalMinor?: number;
            /** Format: date-time */
            startsAt?: string;
            /** Format: date-time */
            endsAt?: string;
            /** Format: int64 */
            maxRedemptions?: number;
            /** Format: int64 */
            maxPerUser?: number;
            /**
             * Format: int64
             * @description With maxRedemptions: the purchases that count towards it
             */
            redemptions?: number;
            productIds?: string[];
            categoryIds?: string[];
            /** @enum {string} */
            status: "active" | "archived" | (string & {});
            /** Format: int64 */
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        CouponChanges: {
            /** @description 3 to 32 letters A-Z, digits and hyphens. Upper and lower case count as equal */
            code?: string;
            /** @enum {string} */
            kind?: "percent" | "amount" | (string & {});
            /** @enum {string} */
            status?: "active" | "archived" | (string & {});
            /**
             * Format: int64
             * @description Required of the kind percent, and only allowed there
             */
            percent?: number | null;
            /**
             * Format: int64
             * @description Required of the kind amount, and only allowed there
             */
            amountMinor?: number | null;
            /** @description Required with amountMinor and minSubtotalMinor. The coupon applies only to purchases in it */
            currency?: string | null;
            /**
             * Format: int64
             * @description The sum of all items before the discount must be at least this
             */
            minSubtotalMinor?: number | null;
            /**
             * Format: date-time
             * @description The coupon applies from this time on. Default: at once
             */
            startsAt?: string | null;
            /**
             * Format: date-time
             * @description The coupon applies before this time. Default: without end
             */
            endsAt?: string | null;
            /**
             * Format: int64
             * @description Maximum number of purchases with this coupon. Declined and cancelled ones do not count
             */
            maxRedemptions?: number | null;
            /**
             * Format: int64
             * @description Maximum number of purchases with this coupon by one buyer. Declined and cancelled ones do not count
             */
            maxPerUser?: number | null;
            /** @description Products that the coupon applies to. A product with options stands for all its variants */
            productIds?: string[];
            /** @description Categories that the coupon applies to, with their subcategories. Without productIds and categoryIds: all products */
            categoryIds?: string[];
        };
        /**
         * Another coupon has this code
         * @example {
         *       "type": "/docs/errors#COUPON_CODE_TAKEN",
         *       "title": "Another coupon has this code",
         *       "status": 409,
         *       "code": "COUPON_CODE_TAKEN",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        CouponCodeTakenProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "COUPON_CODE_TAKEN";
        };
        /** The coupon was redeemed more often than the new limit allows */
        CouponLimitTooLowProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "COUPON_LIMIT_TOO_LOW";
            /** @description Purchases that count towards the limit, of all buyers or of one buyer */
            redeemed: number;
        };
        /** The coupon does not apply to the purchase */
        CouponNotApplicableProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "COUPON_NOT_APPLICABLE";
            /** @description An open set: UNKNOWN, ARCHIVED, NOT_STARTED, ENDED, OTHER_CURRENCY, SUBTOTAL_TOO_LOW, NO_ELIGIBLE_ITEM, NO_DISCOUNT, USED_UP, USED_UP_BY_USER */
            reason: string;
        };
        /**
         * No wallet has the currency of the purchase
         * @example {
         *       "type": "/docs/errors#CURRENCY_MISMATCH",
         *       "title": "No wallet has the currency of the purchase",
         *       "status": 409,
         *       "code": "CURRENCY_MISMATCH",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        CurrencyMismatchProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "CURRENCY_MISMATCH";
        };
        Customer: {
            /** Format: uuid */
            userId: string;
            /**
             * Format: idn-email
             * @description Case, surrounding white space and the form of the domain (Unicode or ASCII) do not matter
             */
            email: string;
            /** @description null: the user gave none */
            name: string | null;
        };
        /** The purchase exceeds the daily limit */
        DailyLimitExceededProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "DAILY_LIMIT_EXCEEDED";
            /**
             * Format: int64
             * @description Highest amount that is allowed now, in minor units
             */
            limitMinor: number;
        };
        DeadLetter: {
            /** Format: uuid */
            id: string;
            /**
             * @description parked: waits behind a dead message of the same key. forged: has no valid signature, and blocks no key
             * @enum {string}
             */
            status: "dead" | "parked" | "forged" | (string & {});
            topic: string;
            /** Format: int64 */
            partition: number;
            offset: string;
            key: string | null;
            value: string | null;
            reason?: string;
            /** Format: int64 */
            attempts: number;
            /** Format: date-time */
            createdAt: string;
        };
        /**
         * The message is parked behind a dead one
         * @example {
         *       "type": "/docs/errors#DEAD_LETTER_PARKED",
         *       "title": "The message is parked behind a dead one",
         *       "status": 409,
         *       "code": "DEAD_LETTER_PARKED",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        DeadLetterParkedProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "DEAD_LETTER_PARKED";
        };
        /**
         * The message failed again
         * @example {
         *       "type": "/docs/errors#DEAD_LETTER_STILL_FAILS",
         *       "title": "The message failed again",
         *       "status": 409,
         *       "code": "DEAD_LETTER_STILL_FAILS",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        DeadLetterStillFailsProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "DEAD_LETTER_STILL_FAILS";
        };
        Delivery: {
            /** Format: uuid */
            purchaseId: string;
            purchaseStatus: components["schemas"]["PurchaseStatus"];
            /** @description Absent while nothing is known of a parcel */
            status?: components["schemas"]["DeliveryStatus"];
            /** @description The carrier's number of the parcel */
            trackingCode?: string;
            carrier?: string;
            /** @description The delivery method as it was when the purchase was requested */
            method?: components["schemas"]["PurchaseDelivery"];
            /** @description Absent if there is none, and after the buyer was erased */
            address?: components["schemas"]["Address"];
            /** @description All reports, the oldest first by `at`; about 100 at most */
            history: components["schemas"]["DeliveryReport"][];
        };
        /**
         * The delivery has too many reports
         * @example {
         *       "type": "/docs/errors#DELIVERY_HISTORY_FULL",
         *       "title": "The delivery has too many reports",
         *       "status": 409,
         *       "code": "DELIVERY_HISTORY_FULL",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        DeliveryHistoryFullProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "DELIVERY_HISTORY_FULL";
        };
        DeliveryMethod: {
            /** Format: uuid */
            id: string;
            name: string;
            /** Format: int64 */
            priceMinor: number;
            /**
             * Format: int64
             * @description Free if the items cost at least this after the discount; absent: never free
             */
            freeFromMinor?: number;
            currency: string;
            /** @description Countries that the method delivers to, as codes of ISO 3166-1; null (in answers: absent) means everywhere */
            countries?: string[];
            /** Format: int64 */
            minDays: number;
            /** Format: int64 */
            maxDays: number;
            /** @enum {string} */
            status: "active" | "archived" | (string & {});
            /** Format: int64 */
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        DeliveryMethodChanges: {
            name?: string;
            /** Format: int64 */
            priceMinor?: number;
            /**
             * Format: int64
             * @description Free if the items cost at least this after the discount; null: never free
             */
            freeFromMinor?: number | null;
            currency?: string;
            /** @description Countries that the method delivers to, as codes of ISO 3166-1; null (in answers: absent) means everywhere */
            countries?: string[] | null;
            /**
             * Format: int64
             * @description Minimum number of days from the handover to the delivery
             */
            minDays?: number;
            /**
             * Format: int64
             * @description Maximum number of days from the handover to the delivery; at least minDays
             */
            maxDays?: number;
            /**
             * @description Only active methods can be chosen
             * @enum {string}
             */
            status?: "active" | "archived" | (string & {});
        };
        /** The delivery method cannot be chosen */
        DeliveryNotAvailableProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "DELIVERY_NOT_AVAILABLE";
            /** @description Why the method cannot be chosen, as a code */
            reason: string;
        };
        DeliveryReport: {
            status: components["schemas"]["DeliveryStatus"];
            /**
             * Format: date-time
             * @description When it happened, as it was reported
             */
            at: string;
            /** Format: date-time */
            receivedAt: string;
            /** @description false: the report was late or repeated, and changed nothing */
            isApplied: boolean;
            place?: string;
            note?: string;
            trackingCode?: string;
            carrier?: string;
        };
        /** @enum {string} */
        DeliveryStatus: "packed" | "handed-over" | "in-transit" | "out-for-delivery" | "failed" | "delivered" | "returned" | (string & {});
        /**
         * An account with this e-mail address exists
         * @example {
         *       "type": "/docs/errors#EMAIL_TAKEN",
         *       "title": "An account with this e-mail address exists",
         *       "status": 409,
         *       "code": "EMAIL_TAKEN",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        EmailTakenProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "EMAIL_TAKEN";
        };
        Erasure: {
            /** Format: password */
            currentPassword: string;
        };
        FacetCategory: {
            /** Format: uuid */
            categoryId: string;
            /** Format: int64 */
            count: number;
        };
        FacetPrice: {
            /** Format: int64 */
            minPriceMinor: number;
            /** Format: int64 */
            maxPriceMinor: number;
            /** Format: int64 */
            count: number;
        };
        FacetValue: {
            value: string;
            /** Format: int64 */
            count: number;
        };
        FieldError: {
            /** @description Path of the field, such as items.0.quantity; empty for the whole body */
            path: string;
            message: string;
        };
        FilledCart: {
            cart: components["schemas"]["Cart"];
            /** @description Items that cannot be bought, and were not put into the cart */
            leftOut: components["schemas"]["LeftOutItem"][];
        };
        /**
         * Your role does not allow this
         * @example {
         *       "type": "/docs/errors#FORBIDDEN",
         *       "title": "Your role does not allow this",
         *       "status": 403,
         *       "code": "FORBIDDEN",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        ForbiddenProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 403;
            /** @constant */
            code: "FORBIDDEN";
        };
        Hold: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            userId: string;
            /** Format: int64 */
            amountMinor: number;
            /**
             * Format: int64
             * @description Captured amount; the rest is released
             */
            capturedMinor: number;
            currency: string;
            /** @enum {string} */
            status: "held" | "captured" | "released" | "expired" | (string & {});
            /**
             * Format: date-time
             * @description When the hold expires unless it ends before
             */
            expiresAt: string;
            /** Format: date-time */
            createdAt: string;
        };
        HoldCapture: {
            /**
             * Format: int64
             * @description Amount to capture; by default all of the hold. The rest is released
             */
            amountMinor?: number;
        };
        /**
         * An Idempotency-Key header of 1 to 255 visible ASCII characters is required
         * @example {
         *       "type": "/docs/errors#IDEMPOTENCY_KEY_REQUIRED",
         *       "title": "An Idempotency-Key header of 1 to 255 visible ASCII characters is required",
         *       "status": 400,
         *       "code": "IDEMPOTENCY_KEY_REQUIRED",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        IdempotencyKeyRequiredProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 400;
            /** @constant */
            code: "IDEMPOTENCY_KEY_REQUIRED";
        };
        /**
         * The Idempotency-Key was used for another request
         * @example {
         *       "type": "/docs/errors#IDEMPOTENCY_KEY_REUSED",
         *       "title": "The Idempotency-Key was used for another request",
         *       "status": 422,
         *       "code": "IDEMPOTENCY_KEY_REUSED",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        IdempotencyKeyReusedProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 422;
            /** @constant */
            code: "IDEMPOTENCY_KEY_REUSED";
        };
        /**
         * If-Match must be * or a list of ETags in double quotes, such as "3"
         * @example {
         *       "type": "/docs/errors#IF_MATCH_MALFORMED",
         *       "title": "If-Match must be * or a list of ETags in double quotes, such as \"3\"",
         *       "status": 400,
         *       "code": "IF_MATCH_MALFORMED",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        IfMatchMalformedProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 400;
            /** @constant */
            code: "IF_MATCH_MALFORMED";
        };
        Image: {
            /**
             * Format: uuid
             * @description Its address is /v1/images/{id}
             */
            id: string;
            /**
             * Format: int64
             * @description In pixels
             */
            width: number;
            /**
             * Format: int64
             * @description In pixels
             */
            height: number;
            /** @enum {string} */
            mediaType: "image/jpeg" | "image/png" | "image/webp" | "image/avif" | (string & {});
            /**
             * Format: int64
             * @description Size in bytes
             */
            bytes: number;
        };
        ImageData: {
            /** Format: uuid */
            id: string;
            /**
             * Format: int64
             * @description In pixels
             */
            width: number;
            /**
             * Format: int64
             * @description In pixels
             */
            height: number;
            /** @enum {string} */
            mediaType: "image/jpeg" | "image/png" | "image/webp" | "image/avif" | (string & {});
            /**
             * Format: int64
             * @description Size in bytes
             */
            bytes: number;
            /** @description The image as a data URL (RFC 2397) */
            dataUrl: string;
        };
        /**
         * The image takes too long or too much memory to decode
         * @example {
         *       "type": "/docs/errors#IMAGE_TOO_COMPLEX",
         *       "title": "The image takes too long or too much memory to decode",
         *       "status": 422,
         *       "code": "IMAGE_TOO_COMPLEX",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        ImageTooComplexProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 422;
            /** @constant */
            code: "IMAGE_TOO_COMPLEX";
        };
        /**
         * The image has too many pixels
         * @example {
         *       "type": "/docs/errors#IMAGE_TOO_MANY_PIXELS",
         *       "title": "The image has too many pixels",
         *       "status": 422,
         *       "code": "IMAGE_TOO_MANY_PIXELS",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        ImageTooManyPixelsProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 422;
            /** @constant */
            code: "IMAGE_TOO_MANY_PIXELS";
        };
        /**
         * The file is of another type than its media type says
         * @example {
         *       "type": "/docs/errors#IMAGE_TYPE_MISMATCH",
         *       "title": "The file is of another type than its media type says",
         *       "status": 422,
         *       "code": "IMAGE_TYPE_MISMATCH",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        ImageTypeMismatchProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 422;
            /** @constant */
            code: "IMAGE_TYPE_MISMATCH";
        };
        /**
         * There is no such image for this purpose
         * @example {
         *       "type": "/docs/errors#IMAGE_UNKNOWN",
         *       "title": "There is no such image for this purpose",
         *       "status": 409,
         *       "code": "IMAGE_UNKNOWN",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        ImageUnknownProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "IMAGE_UNKNOWN";
        };
        /**
         * The file is no readable image
         * @example {
         *       "type": "/docs/errors#IMAGE_UNREADABLE",
         *       "title": "The file is no readable image",
         *       "status": 422,
         *       "code": "IMAGE_UNREADABLE",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        ImageUnreadableProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 422;
            /** @constant */
            code: "IMAGE_UNREADABLE";
        };
        /**
         * The file is an image and something else
         * @example {
         *       "type": "/docs/errors#IMAGE_WITH_OTHER_CONTENT",
         *       "title": "The file is an image and something else",
         *       "status": 422,
         *       "code": "IMAGE_WITH_OTHER_CONTENT",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        ImageWithOtherContentProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 422;
            /** @constant */
            code: "IMAGE_WITH_OTHER_CONTENT";
        };
        /**
         * The row results have been deleted
         * @example {
         *       "type": "/docs/errors#IMPORT_ROWS_PRUNED",
         *       "title": "The row results have been deleted",
         *       "status": 410,
         *       "code": "IMPORT_ROWS_PRUNED",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        ImportRowsPrunedProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 410;
            /** @constant */
            code: "IMPORT_ROWS_PRUNED";
        };
        /** The wallet does not cover the purchase */
        InsufficientFundsProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "INSUFFICIENT_FUNDS";
            /**
             * Format: int64
             * @description Highest amount that is allowed now, in minor units
             */
            limitMinor: number;
        };
        /**
         * Internal error
         * @example {
         *       "type": "/docs/errors#INTERNAL_ERROR",
         *       "title": "Internal error",
         *       "status": 500,
         *       "code": "INTERNAL_ERROR",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        InternalErrorProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 500;
            /** @constant */
            code: "INTERNAL_ERROR";
        };
        /**
         * Wrong e-mail address or password
         * @example {
         *       "type": "/docs/errors#INVALID_CREDENTIALS",
         *       "title": "Wrong e-mail address or password",
         *       "status": 401,
         *       "code": "INVALID_CREDENTIALS",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        InvalidCredentialsProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 401;
            /** @constant */
            code: "INVALID_CREDENTIALS";
        };
        /**
         * Not allowed in the current status
         * @example {
         *       "type": "/docs/errors#INVALID_TRANSITION",
         *       "title": "Not allowed in the current status",
         *       "status": 409,
         *       "code": "INVALID_TRANSITION",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        InvalidTransitionProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "INVALID_TRANSITION";
        };
        Jwk: {
            /** @description RSA or EC */
            kty: string;
            /** @description Named by the header of a token */
            kid: string;
            /** @description sig */
            use: string;
            /** @description RS256 or ES256 */
            alg: string;
            /** @description RSA: the modulus */
            n?: string;
            /** @description RSA: the exponent */
            e?: string;
            /** @description EC: the curve */
            crv?: string;
            /** @description EC: the x coordinate */
            x?: string;
            /** @description EC: the y coordinate */
            y?: string;
        };
        Jwks: {
            keys: components["schemas"]["Jwk"][];
        };
        /**
         * The last active admin cannot be demoted, disabled or erased
         * @example {
         *       "type": "/docs/errors#LAST_ADMIN",
         *       "title": "The last active admin cannot be demoted, disabled or erased",
         *       "status": 409,
         *       "code": "LAST_ADMIN",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        LastAdminProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "LAST_ADMIN";
        };
        LedgerAccount: {
            /** @description wallet: all wallets together; others, such as sales and top-ups: the other side of their entries. An open set */
            account: string;
            currency: string;
            /**
             * Format: int64
             * @description Sum of the negative entries, without the sign; null beyond ±(2^53 − 1)
             */
            debitMinor: number | null;
            /** @description The same as decimal digits, always exact */
            debitMinorText: string;
            /**
             * Format: int64
             * @description Sum of the positive entries; null beyond ±(2^53 − 1)
             */
            creditMinor: number | null;
            /** @description The same as decimal digits, always exact */
            creditMinorText: string;
            /**
             * Format: int64
             * @description credit − debit; null beyond ±(2^53 − 1)
             */
            balanceMinor: number | null;
            /** @description The same as decimal digits, always exact */
            balanceMinorText: string;
            /** Format: int64 */
            entries: number;
        };
        LedgerAudit: {
            ok: boolean;
            /** Format: int64 */
            transfers: number;
            /** Format: int64 */
            entries: number;
            /**
             * Format: int64
             * @description Sum of all entries; 0 if the books balance; null beyond ±(2^53 − 1)
             */
            sumMinor: number | null;
            /** Format: int64 */
            walletsChecked: number;
            mismatches: {
                rule: string;
                /** @description Id of the transfer, wallet, payment, hold, top-up or adjustment, or number of the period, that breaks the rule */
                id: string;
                detail: string;
            }[];
        };
        LeftOutItem: {
            /** Format: uuid */
            productId: string;
            /** Format: int64 */
            quantity: number;
            /** @description Why it cannot be bought; an open set */
            code: string;
            message: string;
        };
        /**
         * The body is not valid JSON
         * @example {
         *       "type": "/docs/errors#MALFORMED_JSON",
         *       "title": "The body is not valid JSON",
         *       "status": 400,
         *       "code": "MALFORMED_JSON",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        MalformedJsonProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 400;
            /** @constant */
            code: "MALFORMED_JSON";
        };
        /**
         * Malformed request
         * @example {
         *       "type": "/docs/errors#MALFORMED_REQUEST",
         *       "title": "Malformed request",
         *       "status": 400,
         *       "code": "MALFORMED_REQUEST",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        MalformedRequestProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 400;
            /** @constant */
            code: "MALFORMED_REQUEST";
        };
        NewAddress: {
            /** @description Who receives the parcel */
            name: string;
            line1: string;
            line2?: string;
            postalCode: string;
            city: string;
            region?: string;
            /** @description A code of ISO 3166-1 */
            country: string;
            /** @description For the carrier */
            phone?: string;
        };
        NewCartItem: {
            /** Format: uuid */
            productId: string;
            /** Format: int64 */
            quantity: number;
        };
        NewCategory: {
            name: string;
            description?: string;
            /**
             * Format: uuid
             * @description The parent category; null at the top. Categories have at most 10 levels
             */
            parentId?: string | null;
        };
        NewClaim: {
            items: {
                /** Format: uuid */
                productId: string;
                /** Format: int64 */
                quantity: number;
            }[];
            /** @enum {string} */
            reason: "damaged" | "wrong-item" | "not-as-described" | "changed-mind" | "other" | (string & {});
            text?: string;
            /** @description Ids of images that the claim's buyer uploaded with the purpose claim */
            photos?: string[];
        };
        NewClaimMessage: {
            text: string;
            /** @description Ids of images that the claim's buyer uploaded with the purpose claim */
            photos?: string[];
        };
        NewCoupon: {
            /** @description 3 to 32 letters A-Z, digits and hyphens. Upper and lower case count as equal */
            code: string;
            /** @enum {string} */
            kind: "percent" | "amount" | (string & {});
            /**
             * Format: int64
             * @description Required of the kind percent, and only allowed there
             */
            percent?: number;
            /**
             * Format: int64
             * @description Required of the kind amount, and only allowed there
             */
            amountMinor?: number;
            /** @description Required with amountMinor and minSubtotalMinor. The coupon applies only to purchases in it */
            currency?: string;
            /**
             * Format: int64
             * @description The sum of all items before the discount must be at least this
             */
            minSubtotalMinor?: number;
            /**
             * Format: date-time
             * @description The coupon applies from this time on. Default: at once
             */
            startsAt?: string;
            /**
             * Format: date-time
             * @description The coupon applies before this time. Default: without end
             */
            endsAt?: string;
            /**
             * Format: int64
             * @description Maximum number of purchases with this coupon. Declined and cancelled ones do not count
             */
            maxRedemptions?: number;
            /**
             * Format: int64
             * @description Maximum number of purchases with this coupon by one buyer. Declined and cancelled ones do not count
             */
            maxPerUser?: number;
            /** @description Products that the coupon applies to. A product with options stands for all its variants */
            productIds?: string[];
            /** @description Categories that the coupon applies to, with their subcategories. Without productIds and categoryIds: all products */
            categoryIds?: string[];
        };
        NewDelivery: {
            /**
             * Format: uuid
             * @description A delivery method
             */
            methodId: string;
            address: components["schemas"]["NewAddress"];
        };
        NewDeliveryMethod: {
            name: string;
            /** Format: int64 */
            priceMinor: number;
            /**
             * Format: int64
             * @description Free if the items cost at least this after the discount; null: never free
             */
            freeFromMinor?: number | null;
            /** @description Default: the platform's currency */
            currency?: string;
            /** @description Countries that the method delivers to, as codes of ISO 3166-1; null (in answers: absent) means everywhere */
            countries?: string[] | null;
            /**
             * Format: int64
             * @description Minimum number of days from the handover to the delivery
             */
            minDays: number;
            /**
             * Format: int64
             * @description Maximum number of days from the handover to the delivery; at least minDays
             */
            maxDays: number;
            /**
             * @description Only active methods can be chosen
             * @enum {string}
             */
            status?: "active" | "archived" | (string & {});
        };
        NewDeliveryReport: {
            status: components["schemas"]["DeliveryStatus"];
            /**
             * Format: date-time
             * @description When it happened: at most five minutes in the future
             */
            at: string;
            /** @description Where the parcel was. The buyer sees it */
            place?: string;
            /** @description The buyer sees it */
            note?: string;
            /** @description The carrier's number of the parcel */
            trackingCode?: string;
            carrier?: string;
        };
        NewHold: {
            /** Format: int64 */
            amountMinor: number;
            /**
             * Format: int64
             * @description Seconds until the hold expires; by default HOLD_TTL_S
             */
            ttlSeconds?: number;
        };
        NewProduct: {
            /** @description The product's name in other systems, case-sensitive */
            sku?: string;
            name: string;
            /** @description The product's name in the address of its page. Default: made from the name */
            slug?: string;
            description?: string;
            brand?: string;
            /** @description Trade item number (GTIN) of 8, 12, 13 or 14 digits */
            barcode?: string;
            /**
             * Format: int64
             * @description Tax included
             */
            priceMinor: number;
            /**
             * Format: int64
             * @description The former price, above priceMinor
             */
            compareAtPriceMinor?: number;
            currency?: string;
            /** @description The tax that the price includes. Default: the rate of the shop */
            taxRatePercent?: number;
            /**
             * Format: uuid
             * @description The main category: the first of categoryIds
             */
            categoryId?: string;
            /** @description All categories; the first is the main one. Default: the main one alone */
            categoryIds?: string[];
            /** @description The url of the first of images */
            imageUrl?: string;
            images?: components["schemas"]["NewProductImage"][];
            /** @description Words without a comma, each once */
            tags?: string[];
            /** @description Further facts, such as {"Colour": "red"} */
            attributes?: {
                [key: string]: string;
            };
            /** Format: int64 */
            weightGrams?: number;
            /**
             * Format: int64
             * @description Stock at or below the threshold is low
             */
            lowStockThreshold?: number;
            /**
             * Format: int64
             * @description Opening stock in units. A product with options has none: its variants have
             */
            stock?: number;
            /**
             * @description draft: buyers do not see the product yet
             * @default active
             */
            status?: components["schemas"]["ProductStatus"];
            /** @description The names of the options. The product then has variants, which are sold */
            options?: string[];
            /** @description The variants, if the product has options */
            variants?: components["schemas"]["NewProductVariant"][];
        };
        NewProductImage: {
            /**
             * Format: uuid
             * @description An image that staff uploaded with the purpose product
             */
            imageId?: string;
            /** @description Instead of imageId: the address of an image elsewhere on the web, or the `url` of an answer */
            url?: string;
            /**
             * @description Describes the image for those who do not see it
             * @default
             */
            alt?: string;
        };
        NewProductVariant: {
            /** @description The product's name in other systems, case-sensitive */
            sku?: string;
            /** @description The product's name in the address of its page. Default: made from the name */
            slug?: string;
            /** @description Trade item number (GTIN) of 8, 12, 13 or 14 digits */
            barcode?: string;
            /**
             * Format: int64
             * @description Default: the price of the product
             */
            priceMinor?: number;
            /**
             * Format: int64
             * @description The former price, above priceMinor
             */
            compareAtPriceMinor?: number;
            /** @description The url of the first of images */
            imageUrl?: string;
            images?: components["schemas"]["NewProductImage"][];
            /** Format: int64 */
            weightGrams?: number;
            /**
             * Format: int64
             * @description Stock at or below the threshold is low
             */
            lowStockThreshold?: number;
            /** @description A value for each option, by the name of the option */
            optionValues: {
                [key: string]: string;
            };
            /** @description Default: the status of the product */
            status?: components["schemas"]["ProductStatus"];
            /**
             * Format: int64
             * @description Opening stock in units
             */
            stock?: number;
        };
        NewProductVariants: {
            variants: components["schemas"]["NewProductVariant"][];
        };
        NewPurchase: {
            items: {
                /** Format: uuid */
                productId: string;
                /** Format: int64 */
                quantity: number;
            }[];
            /**
             * Format: int64
             * @description The total that the buyer saw. If the order costs another one, the answer is 409 TOTAL_CHANGED with the quote
             */
            expectedTotalMinor?: number;
            /** @description 3 to 32 letters A-Z, digits and hyphens. Upper and lower case count as equal */
            couponCode?: string;
            delivery?: components["schemas"]["NewDelivery"];
            /** @description Default: by wallet */
            payment?: components["schemas"]["PaymentChoice"];
        };
        NewRefund: {
            /** Format: int64 */
            amountMinor: number;
            reason: string;
        };
        NewStockMovement: {
            /** @enum {string} */
            reason: "delivery" | "correction" | "damage" | "loss" | "found" | "transfer" | "count" | (string & {});
            /**
             * Format: int64
             * @description Units to add (+) or remove (-); negative for goods returned to the supplier. Not with the reason count
             */
            delta?: number;
            /** @description Note for colleagues */
            note?: string;
            /**
             * Format: int64
             * @description With the reason count: the units that were counted. The stock becomes this plus all movements after countedAt
             */
            count?: number;
            /**
             * Format: date-time
             * @description With the reason count: the time of counting, not in the future
             */
            countedAt?: string;
        };
        /**
         * Accept must allow text/csv or application/x-ndjson
         * @example {
         *       "type": "/docs/errors#NOT_ACCEPTABLE",
         *       "title": "Accept must allow text/csv or application/x-ndjson",
         *       "status": 406,
         *       "code": "NOT_ACCEPTABLE",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        NotAcceptableProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 406;
            /** @constant */
            code: "NOT_ACCEPTABLE";
        };
        /**
         * Not found
         * @example {
         *       "type": "/docs/errors#NOT_FOUND",
         *       "title": "Not found",
         *       "status": 404,
         *       "code": "NOT_FOUND",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        NotFoundProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 404;
            /** @constant */
            code: "NOT_FOUND";
        };
        /**
         * Variants use the options
         * @example {
         *       "type": "/docs/errors#OPTION_IN_USE",
         *       "title": "Variants use the options",
         *       "status": 409,
         *       "code": "OPTION_IN_USE",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        OptionInUseProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "OPTION_IN_USE";
        };
        OrderProblem: {
            /** @description Stable; an open set. Most errors have the code that the purchase would get; CURRENCY_MISMATCH (items in several currencies) and TOTAL_TOO_HIGH would be VALIDATION_FAILED */
            code: string;
            /**
             * @description error: the order cannot be bought
             * @enum {string}
             */
            severity: "error" | "warning" | (string & {});
            message: string;
            /** Format: uuid */
            productId?: string;
            /**
             * Format: int64
             * @description Units that can be bought now
             */
            available?: number;
            /**
             * Format: int64
             * @description The former price
             */
            fromMinor?: number;
            /**
             * Format: int64
             * @description The current price, or the highest total that the wallet allows now
             */
            toMinor?: number;
            /** @description Why the coupon does not apply; an open set */
            reason?: string;
        };
        /**
         * Requests with a session cookie are not allowed from this origin
         * @example {
         *       "type": "/docs/errors#ORIGIN_NOT_ALLOWED",
         *       "title": "Requests with a session cookie are not allowed from this origin",
         *       "status": 403,
         *       "code": "ORIGIN_NOT_ALLOWED",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        OriginNotAllowedProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 403;
            /** @constant */
            code: "ORIGIN_NOT_ALLOWED";
        };
        /**
         * Not allowed for your own account
         * @example {
         *       "type": "/docs/errors#OWN_ACCOUNT",
         *       "title": "Not allowed for your own account",
         *       "status": 403,
         *       "code": "OWN_ACCOUNT",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        OwnAccountProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 403;
            /** @constant */
            code: "OWN_ACCOUNT";
        };
        /**
         * Somebody else packs the purchase
         * @example {
         *       "type": "/docs/errors#PACKED_BY_ANOTHER",
         *       "title": "Somebody else packs the purchase",
         *       "status": 409,
         *       "code": "PACKED_BY_ANOTHER",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        PackedByAnotherProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "PACKED_BY_ANOTHER";
        };
        Packing: {
            /** Format: uuid */
            packerId: string;
            /** Format: date-time */
            claimedAt: string;
            /**
             * Format: date-time
             * @description From then on, somebody else may claim it
             */
            releasedAt: string;
        };
        Page: {
            /** Format: int64 */
            limit: number;
            /** @description `cursor` of the next page; null on the last page */
            nextCursor: string | null;
        };
        /**
         * The product with the options is not active
         * @example {
         *       "type": "/docs/errors#PARENT_NOT_ACTIVE",
         *       "title": "The product with the options is not active",
         *       "status": 409,
         *       "code": "PARENT_NOT_ACTIVE",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        ParentNotActiveProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "PARENT_NOT_ACTIVE";
        };
        ParkedEvent: {
            /**
             * Format: uuid
             * @description The event's id
             */
            id: string;
            /**
             * @description waiting: behind a refused event of the same key
             * @enum {string}
             */
            status: "refused" | "waiting" | (string & {});
            topic: string;
            key: string;
            type: string;
            /** Format: int64 */
            bytes: number;
            /** @description The broker's reason for refusing the event */
            reason?: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            parkedAt: string;
        };
        ParkedEventDetails: {
            /**
             * Format: uuid
             * @description The event's id
             */
            id: string;
            /**
             * @description waiting: behind a refused event of the same key
             * @enum {string}
             */
            status: "refused" | "waiting" | (string & {});
            topic: string;
            key: string;
            type: string;
            /** Format: int64 */
            bytes: number;
            /** @description The broker's reason for refusing the event */
            reason?: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            parkedAt: string;
            value: string;
        };
        /**
         * The event is parked behind one that Kafka refused
         * @example {
         *       "type": "/docs/errors#PARKED_EVENT_WAITS",
         *       "title": "The event is parked behind one that Kafka refused",
         *       "status": 409,
         *       "code": "PARKED_EVENT_WAITS",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        ParkedEventWaitsProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "PARKED_EVENT_WAITS";
        };
        PasswordChange: {
            /** Format: password */
            currentPassword: string;
            /**
             * Format: password
             * @description Any characters. Rejected if it is easy to guess: common passwords, keyboard walks, repetitions, sequences, dates, your own name or e-mail address
             */
            newPassword: string;
        };
        /**
         * The password is too easy to guess
         * @example {
         *       "type": "/docs/errors#PASSWORD_TOO_WEAK",
         *       "title": "The password is too easy to guess",
         *       "status": 422,
         *       "code": "PASSWORD_TOO_WEAK",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        PasswordTooWeakProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 422;
            /** @constant */
            code: "PASSWORD_TOO_WEAK";
        };
        /**
         * The body is too large
         * @example {
         *       "type": "/docs/errors#PAYLOAD_TOO_LARGE",
         *       "title": "The body is too large",
         *       "status": 413,
         *       "code": "PAYLOAD_TOO_LARGE",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        PayloadTooLargeProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 413;
            /** @constant */
            code: "PAYLOAD_TOO_LARGE";
        };
        Payment: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            purchaseId: string;
            /** Format: uuid */
            userId: string;
            /** @enum {string} */
            status: "charged" | "declined" | "voided" | "refunded" | (string & {});
            /** Format: int64 */
            amountMinor: number;
            currency: string;
            /**
             * Format: int64
             * @description Sum of the refunds; missing without one
             */
            refundedMinor?: number;
            /** @description An open set, today WALLET_NOT_FOUND, CURRENCY_MISMATCH, WALLET_FROZEN, SPEND_LIMIT_EXCEEDED, DAILY_LIMIT_EXCEEDED, INSUFFICIENT_FUNDS */
            declineReason?: string;
            /** Format: date-time */
            createdAt: string;
        };
        PaymentChoice: {
            /** @enum {string} */
            method: "wallet" | (string & {});
        };
        PaymentExplanation: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            purchaseId: string;
            /** Format: uuid */
            userId: string;
            /** @enum {string} */
            status: "charged" | "declined" | "voided" | "refunded" | (string & {});
            /** Format: int64 */
            amountMinor: number;
            currency: string;
            /**
             * Format: int64
             * @description Sum of the refunds; missing without one
             */
            refundedMinor?: number;
            /** @description An open set, today WALLET_NOT_FOUND, CURRENCY_MISMATCH, WALLET_FROZEN, SPEND_LIMIT_EXCEEDED, DAILY_LIMIT_EXCEEDED, INSUFFICIENT_FUNDS */
            declineReason?: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * @description A refund changes the status, not the decision
             * @enum {string}
             */
            decision: "charged" | "declined" | "voided" | (string & {});
            /** @description The first rule that failed; null if none did */
            decidedBy: string | null;
            /** @description The wallet at the time of the decision */
            facts: {
                /**
                 * Format: int64
                 * @description Sequence of the wallet's last entry before the decision; 0 if it had none
                 */
                sequence: number;
                /** Format: int64 */
                balanceMinor: number;
                /** Format: int64 */
                heldMinor: number;
                /**
                 * Format: int64
                 * @description balance + credit limit − held
                 */
                availableMinor: number;
                /** Format: int64 */
                creditLimitMinor: number;
                /** Format: int64 */
                spendLimitMinor: number;
                /**
                 * Format: int64
                 * @description null: no limit
                 */
                dailyLimitMinor: number | null;
                /**
                 * Format: int64
                 * @description Sum of the day's other purchases
                 */
                spentMinor: number;
                /**
                 * Format: date
                 * @description The day (UTC) that the purchase counts to
                 */
                on: string;
            } | null;
            /**
             * @description Why there are no facts: there was no wallet; a cancel came before the request; the decision is older than the facts
             * @enum {string}
             */
            factsMissing?: "NO_WALLET" | "CANCELLED_FIRST" | "NOT_KEPT_THEN" | (string & {});
            /** @description In the order in which they are tested */
            rules: {
                rule: string;
                /** @enum {string} */
                outcome: "passed" | "failed" | "not-tested" | (string & {});
                /**
                 * Format: int64
                 * @description The largest amount that the rule allows
                 */
                allowedMinor?: number;
            }[];
        };
        /**
         * The resource has changed since it was read
         * @example {
         *       "type": "/docs/errors#PRECONDITION_FAILED",
         *       "title": "The resource has changed since it was read",
         *       "status": 412,
         *       "code": "PRECONDITION_FAILED",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        PreconditionFailedProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 412;
            /** @constant */
            code: "PRECONDITION_FAILED";
        };
        /**
         * An If-Match header is required
         * @example {
         *       "type": "/docs/errors#PRECONDITION_REQUIRED",
         *       "title": "An If-Match header is required",
         *       "status": 428,
         *       "code": "PRECONDITION_REQUIRED",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        PreconditionRequiredProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 428;
            /** @constant */
            code: "PRECONDITION_REQUIRED";
        };
        Problem: {
            /**
             * Format: uri-reference
             * @description Names the kind of problem
             */
            type: string;
            /** @description The same for each problem of a code */
            title: string;
            status: number;
            /** @description What was wrong with this request, and what is allowed */
            detail?: string;
            /** @description Stable; what programs look at. An open set */
            code: string;
            /** @description The id of the request, for support */
            requestId: string;
            /** @description The faults of the request, field by field */
            errors?: components["schemas"]["FieldError"][];
        };
        Product: {
            /** Format: uuid */
            id: string;
            sku: string | null;
            name: string;
            /** @description null until the first edit of a product from an earlier release */
            slug: string | null;
            description: string;
            brand: string | null;
            barcode: string | null;
            /**
             * Format: int64
             * @description Tax included
             */
            priceMinor: number;
            /**
             * Format: int64
             * @description The former price, above priceMinor
             */
            compareAtPriceMinor: number | null;
            currency: string;
            /** @description The tax that the price includes; null: the rate of the shop */
            taxRatePercent: number | null;
            /** Format: uuid */
            categoryId: string;
            /** @description All categories; the first is the main one */
            categoryIds: string[];
            /** @description The url of the first of images */
            imageUrl: string | null;
            images: components["schemas"]["ProductImage"][];
            tags: string[];
            attributes: {
                [key: string]: string;
            };
            /** Format: int64 */
            weightGrams: number | null;
            /** Format: int64 */
            stock: number;
            /**
             * Format: int64
             * @description For staff: stock at or below the threshold is low
             */
            lowStockThreshold?: number | null;
            status: components["schemas"]["ProductStatus"];
            /**
             * Format: uuid
             * @description The product with the options, if this is a variant
             */
            parentId?: string;
            /** @description The names of the options, if the product has variants. It has no stock, and only its variants are sold */
            options?: string[];
            /** @description The value of each option, if this is a variant */
            optionValues?: {
                [key: string]: string;
            };
            /** Format: int64 */
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /**
             * Format: uuid
             * @description In a list, of a product with options: its cheapest variant that matches the filters. `priceMinor` and `stock` are those of the variant
             */
            variantId?: string;
            /** @description Of one product with options: its variants, by price. Archived ones are for staff */
            variants?: components["schemas"]["ProductVariant"][];
        };
        /** The product is archived */
        ProductArchivedProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "PRODUCT_ARCHIVED";
            /**
             * Format: uuid
             * @description The product of the request that the problem is about
             */
            productId: string;
        };
        ProductChanges: {
            /** @description The product's name in other systems, case-sensitive */
            sku?: string | null;
            name?: string;
            /** @description The product's name in the address of its page. Default: made from the name */
            slug?: string | null;
            description?: string;
            brand?: string | null;
            /** @description Trade item number (GTIN) of 8, 12, 13 or 14 digits */
            barcode?: string | null;
            /**
             * Format: int64
             * @description Tax included
             */
            priceMinor?: number;
            /**
             * Format: int64
             * @description The former price, above priceMinor
             */
            compareAtPriceMinor?: number | null;
            currency?: string;
            /** @description The tax that the price includes. Default: the rate of the shop */
            taxRatePercent?: number | null;
            /**
             * Format: uuid
             * @description The main category: the first of categoryIds
             */
            categoryId?: string;
            /** @description All categories; the first is the main one. Default: the main one alone */
            categoryIds?: string[];
            /** @description The url of the first of images */
            imageUrl?: string | null;
            images?: components["schemas"]["NewProductImage"][];
            /** @description Words without a comma, each once */
            tags?: string[];
            /** @description Further facts, such as {"Colour": "red"} */
            attributes?: {
                [key: string]: string;
            };
            /** Format: int64 */
            weightGrams?: number | null;
            /**
             * Format: int64
             * @description Stock at or below the threshold is low
             */
            lowStockThreshold?: number | null;
            /** @description The variants of a product leave the sale with it, and come back with it */
            status?: components["schemas"]["ProductStatus"];
            /** @description Of a product with options, while it has no variants */
            options?: string[];
            /** @description Of a variant */
            optionValues?: {
                [key: string]: string;
            };
        };
        /**
         * The product's currency is unknown
         * @example {
         *       "type": "/docs/errors#PRODUCT_CURRENCY_UNKNOWN",
         *       "title": "The product's currency is unknown",
         *       "status": 409,
         *       "code": "PRODUCT_CURRENCY_UNKNOWN",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        ProductCurrencyUnknownProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "PRODUCT_CURRENCY_UNKNOWN";
        };
        ProductFacets: {
            /** @description true: the list has more products than are counted; the counts are of a part of it */
            capped: boolean;
            brand?: components["schemas"]["FacetValue"][];
            category?: components["schemas"]["FacetCategory"][];
            price?: components["schemas"]["FacetPrice"][];
            tag?: components["schemas"]["FacetValue"][];
        };
        /** @enum {string} */
        ProductFileFormat: "florin" | "shopify" | "woocommerce" | "magento" | "prestashop" | (string & {});
        /**
         * The product has no options
         * @example {
         *       "type": "/docs/errors#PRODUCT_HAS_NO_OPTIONS",
         *       "title": "The product has no options",
         *       "status": 409,
         *       "code": "PRODUCT_HAS_NO_OPTIONS",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        ProductHasNoOptionsProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "PRODUCT_HAS_NO_OPTIONS";
        };
        /**
         * The product has options or is a variant
         * @example {
         *       "type": "/docs/errors#PRODUCT_HAS_OPTIONS",
         *       "title": "The product has options or is a variant",
         *       "status": 409,
         *       "code": "PRODUCT_HAS_OPTIONS",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        ProductHasOptionsProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "PRODUCT_HAS_OPTIONS";
        };
        ProductImage: {
            /**
             * Format: uuid
             * @description If the image was uploaded: `/v1/images/{imageId}` has it in several sizes and formats
             */
            imageId?: string;
            /** @description Of an uploaded image its path, such as `/v1/images/{imageId}` */
            url: string;
            alt: string;
        };
        ProductImport: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            userId: string;
            /**
             * @description open: the import is not finished; sending the file again under the same key continues it
             * @enum {string}
             */
            status: "open" | "done" | (string & {});
            /**
             * Format: int64
             * @description Number of rows imported so far
             */
            rows: number;
            /** Format: int64 */
            created: number;
            /** Format: int64 */
            updated: number;
            /** Format: int64 */
            unchanged: number;
            /** Format: int64 */
            refused: number;
            /** @description The first 100 rejected rows */
            refusals: components["schemas"]["ProductImportRow"][];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /**
             * Format: date-time
             * @description Time at which the row results were deleted
             */
            rowsPrunedAt?: string;
            /**
             * @description With dryRun: nothing was written, and id names no import
             * @enum {boolean}
             */
            dryRun?: true;
            /** @description In the answer to a CSV file: the format that its header has */
            fileFormat?: components["schemas"]["ProductFileFormat"];
            /** @description In the answer to a CSV file: the first 200 columns that are not read */
            ignoredColumns?: string[];
            /** @description With dryRun: what would happen with each row, up to the 10000th; the counts are those of all rows */
            results?: components["schemas"]["ProductImportRow"][];
        };
        ProductImportRow: {
            /**
             * Format: int64
             * @description Number of the row, from 1. The header and empty rows are not counted
             */
            row: number;
            /** @enum {string} */
            outcome: "created" | "updated" | "unchanged" | "refused" | (string & {});
            sku: string | null;
            /** Format: uuid */
            productId?: string;
            /** @description Reason of a rejection: CATEGORY_NOT_FOUND, DUPLICATE_ROW, MALFORMED_ROW, NOT_FOUND, NOT_UTF8, OPTION_IN_USE, PARENT_MISMATCH, PARENT_NOT_ACTIVE, PARENT_NOT_FOUND, PRECONDITION_FAILED, PRODUCT_HAS_NO_OPTIONS, SKU_MISMATCH, SKU_TAKEN, SLUG_TAKEN, TOO_MANY_VARIANTS, UNREADABLE, UNSUPPORTED_PRODUCT, VALIDATION_FAILED, VARIANT_EXISTS, VARIANT_REQUIRED */
            code?: string;
            errors?: {
                path: string;
                message: string;
            }[];
            /** @description With stock=count, if the stock changed: the stock immediately before the row was imported, and the stock that the row set */
            stock?: {
                /** Format: int64 */
                before: number;
                /** Format: int64 */
                after: number;
            };
        };
        /** Product not found */
        ProductNotFoundProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 404;
            /** @constant */
            code: "PRODUCT_NOT_FOUND";
            /**
             * Format: uuid
             * @description The product of the request that the problem is about
             */
            productId: string;
        };
        ProductOptions: {
            /** @description The names of the options */
            options: string[];
            /** @description The values of the existing product, which becomes the first variant */
            optionValues: {
                [key: string]: string;
            };
            /** @description Further variants */
            variants?: components["schemas"]["NewProductVariant"][];
        };
        /** Not enough stock */
        ProductOutOfStockProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "PRODUCT_OUT_OF_STOCK";
            /**
             * Format: uuid
             * @description The product of the request that the problem is about
             */
            productId: string;
            /** @description Units that can be bought now */
            available: number;
        };
        /** @enum {string} */
        ProductStatus: "active" | "draft" | "archived" | (string & {});
        ProductVariant: {
            /** Format: uuid */
            id: string;
            sku: string | null;
            /** @description null until the first edit of a product from an earlier release */
            slug: string | null;
            barcode: string | null;
            /**
             * Format: int64
             * @description Tax included
             */
            priceMinor: number;
            /**
             * Format: int64
             * @description The former price, above priceMinor
             */
            compareAtPriceMinor: number | null;
            /** @description The url of the first of images */
            imageUrl: string | null;
            images: components["schemas"]["ProductImage"][];
            /** Format: int64 */
            weightGrams: number | null;
            /** Format: int64 */
            stock: number;
            /**
             * Format: int64
             * @description For staff: stock at or below the threshold is low
             */
            lowStockThreshold?: number | null;
            status: components["schemas"]["ProductStatus"];
            /** @description The value of each option, if this is a variant */
            optionValues: {
                [key: string]: string;
            };
            /** Format: int64 */
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            currency: string;
        };
        ProfileChanges: {
            /** @description 1 to 100 characters */
            name?: string;
        };
        Purchase: {
            /** Format: uuid */
            id: string;
            /** @description For people: 8 digits and capital letters. Absent for some seconds if a release without numbers accepted the purchase */
            number?: string;
            /** Format: uuid */
            userId: string;
            status: components["schemas"]["PurchaseStatus"];
            items: components["schemas"]["PurchaseItem"][];
            /**
             * Format: int64
             * @description Sum of the items before the discount
             */
            subtotalMinor: number;
            /**
             * Format: int64
             * @description Sum of the discounts of the items
             */
            discountMinor: number;
            /**
             * Format: int64
             * @description Price of the delivery
             */
            deliveryMinor: number;
            /** @description The tax that the prices include, by rate; rates of 0 are left out */
            tax: components["schemas"]["TaxOfRate"][];
            /**
             * Format: int64
             * @description Subtotal - discount + delivery
             */
            totalMinor: number;
            currency: string;
            /** @description The coupon, if there is one */
            coupon?: components["schemas"]["PurchaseCoupon"];
            /** @description The delivery method as it was when the purchase was requested */
            delivery?: components["schemas"]["PurchaseDelivery"];
            payment: components["schemas"]["PurchasePayment"];
            /**
             * Format: int64
             * @description What was refunded so far
             */
            refundedMinor: number;
            /** @description An open set: clients must accept new values */
            declineReason?: string;
            /** @enum {string} */
            refund: "none" | "pending" | "done" | (string & {});
            /** @description The carrier's number of the parcel, if staff gave one */
            trackingCode?: string;
            /** Format: int64 */
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /**
             * Format: date-time
             * @description Absent once decided. An undecided purchase is cancelled after this time
             */
            expiresAt?: string;
        };
        PurchaseAdvance: {
            /** @description The carrier's number of the parcel. Not stored if the buyer was erased */
            trackingCode?: string;
        };
        PurchaseCancellation: {
            reason?: string;
        };
        PurchaseCoupon: {
            code: string;
        };
        PurchaseDelivery: {
            /** Format: uuid */
            methodId: string;
            name: string;
            /** Format: int64 */
            minDays: number;
            /** Format: int64 */
            maxDays: number;
            /** @description Where the method goes; absent: everywhere */
            countries?: string[];
        };
        PurchaseItem: {
            /** Format: uuid */
            productId: string;
            name: string;
            /** Format: int64 */
            quantity: number;
            /** Format: int64 */
            unitPriceMinor: number;
            /** @description The chosen value of each option, if the product is a variant */
            optionValues?: {
                [key: string]: string;
            };
            /** @description The SKU when it was bought */
            sku?: string;
            /**
             * Format: int64
             * @description What the coupon takes off the item; absent: nothing
             */
            discountMinor?: number;
            /** @description The tax that the price includes. Absent if an earlier release sold the item */
            taxRatePercent?: number;
        };
        PurchasePayment: {
            /** @enum {string} */
            method: "wallet" | (string & {});
        };
        /** @enum {string} */
        PurchaseStatus: "requested" | "paid" | "declined" | "cancelled" | "shipped" | "delivered" | (string & {});
        PurchaseSummary: {
            /** @description By status */
            counts: {
                /** Format: int64 */
                requested: number;
                /** Format: int64 */
                paid: number;
                /** Format: int64 */
                declined: number;
                /** Format: int64 */
                cancelled: number;
                /** Format: int64 */
                shipped: number;
                /** Format: int64 */
                delivered: number;
            };
            /**
             * Format: int64
             * @description The maximum of a count: a count equal to it means at least that number
             */
            mostCounted: number;
        };
        PurchaseToPack: {
            purchase: components["schemas"]["Purchase"];
            /** @description Who packs it. Absent if nobody does, also after the claim was released */
            packing?: components["schemas"]["Packing"];
        };
        /**
         * The purchase has too many items or too much text
         * @example {
         *       "type": "/docs/errors#PURCHASE_TOO_LARGE",
         *       "title": "The purchase has too many items or too much text",
         *       "status": 422,
         *       "code": "PURCHASE_TOO_LARGE",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        PurchaseTooLargeProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 422;
            /** @constant */
            code: "PURCHASE_TOO_LARGE";
        };
        /**
         * New purchases are paused
         * @example {
         *       "type": "/docs/errors#PURCHASES_PAUSED",
         *       "title": "New purchases are paused",
         *       "status": 503,
         *       "code": "PURCHASES_PAUSED",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        PurchasesPausedProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 503;
            /** @constant */
            code: "PURCHASES_PAUSED";
        };
        Quote: {
            items: components["schemas"]["QuotedItem"][];
            /**
             * Format: int64
             * @description Sum of the items before the discount
             */
            subtotalMinor: number;
            /**
             * Format: int64
             * @description Sum of the discounts of the items
             */
            discountMinor: number;
            /**
             * Format: int64
             * @description Price of the delivery
             */
            deliveryMinor: number;
            /** @description The tax that the prices include, by rate; rates of 0 are left out */
            tax: components["schemas"]["TaxOfRate"][];
            /**
             * Format: int64
             * @description Subtotal - discount + delivery
             */
            totalMinor: number;
            currency: string;
            /** @description The coupon, if one applies */
            coupon?: {
                code: string;
            };
            /** @description Without a problem of severity error it can be bought */
            problems: components["schemas"]["OrderProblem"][];
            /** @description For a buyer: whether product's copy of the wallet covers it, less undecided purchases */
            wouldBePaid?: boolean;
            /** @description The reason with which payment would decline it now; an open set */
            declineCode?: string;
        };
        QuoteRequest: {
            items?: {
                /** Format: uuid */
                productId: string;
                /** Format: int64 */
                quantity: number;
            }[];
            /**
             * @description Quotes your cart. Requires a token
             * @enum {boolean}
             */
            cart?: true;
            /** @description The code of a coupon; null: none. Default: the coupon of the cart */
            couponCode?: string | null;
            delivery?: components["schemas"]["QuotedDelivery"];
        };
        QuotedDelivery: {
            /**
             * Format: uuid
             * @description A delivery method
             */
            methodId: string;
            /** @description Where the parcel goes: a code of ISO 3166-1. Without it, the countries of the method do not count */
            country?: string;
        };
        QuotedItem: {
            /** Format: uuid */
            productId: string;
            name: string;
            /** Format: int64 */
            quantity: number;
            /** Format: int64 */
            unitPriceMinor: number;
            currency: string;
            /** @description The chosen value of each option, if the product is a variant */
            optionValues?: {
                [key: string]: string;
            };
            sku?: string;
            /**
             * Format: int64
             * @description What the coupon takes off the item; absent: nothing
             */
            discountMinor?: number;
            /** @description The tax that the price includes */
            taxRatePercent: number;
            /** @description false: the item cannot be bought, and does not count in the total */
            isInTotal: boolean;
        };
        /**
         * Too many requests
         * @example {
         *       "type": "/docs/errors#RATE_LIMITED",
         *       "title": "Too many requests",
         *       "status": 429,
         *       "code": "RATE_LIMITED",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        RateLimitedProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 429;
            /** @constant */
            code: "RATE_LIMITED";
        };
        /**
         * The current password is required
         * @example {
         *       "type": "/docs/errors#REAUTHENTICATION_REQUIRED",
         *       "title": "The current password is required",
         *       "status": 403,
         *       "code": "REAUTHENTICATION_REQUIRED",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        ReauthenticationRequiredProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 403;
            /** @constant */
            code: "REAUTHENTICATION_REQUIRED";
        };
        Refresh: {
            /** @description Needed without the cookie florin_refresh, which does not count beside it */
            refreshToken?: string;
        };
        Refund: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            purchaseId: string;
            /**
             * Format: uuid
             * @description The buyer
             */
            userId: string;
            /**
             * Format: uuid
             * @description The claim that is refunded
             */
            claimId?: string;
            /** Format: int64 */
            amountMinor: number;
            currency: string;
            /**
             * @description review: a second member of staff decides; pending: payment has not answered yet
             * @enum {string}
             */
            status: "review" | "pending" | "done" | "rejected" | (string & {});
            /** @description What staff wrote. Missing for the refund of a claim, and if the buyer was erased */
            reason?: string;
            /** Format: uuid */
            requestedBy: string;
            /**
             * Format: uuid
             * @description The second member of staff
             */
            decidedBy?: string;
            /**
             * Format: date-time
             * @description When payment was asked first
             */
            askedAt?: string;
            /**
             * Format: int64
             * @description How often payment was asked
             */
            attempts: number;
            /**
             * Format: date-time
             * @description When payment is asked again, while the refund is pending
             */
            nextAttemptAt?: string;
            /** @description REVIEW, or the code of payment. An open set */
            rejection?: string;
            /**
             * Format: uuid
             * @description The transfer of the money
             */
            transferId?: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        /** The refund exceeds the rest of the charge */
        RefundExceedsChargeProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "REFUND_EXCEEDS_CHARGE";
            /**
             * Format: int64
             * @description Highest amount that is allowed now, in minor units
             */
            limitMinor: number;
        };
        /**
         * Another member of staff must decide on your refund
         * @example {
         *       "type": "/docs/errors#REFUND_REQUESTED_BY_YOU",
         *       "title": "Another member of staff must decide on your refund",
         *       "status": 403,
         *       "code": "REFUND_REQUESTED_BY_YOU",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        RefundRequestedByYouProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 403;
            /** @constant */
            code: "REFUND_REQUESTED_BY_YOU";
        };
        /**
         * The request was not received in time
         * @example {
         *       "type": "/docs/errors#REQUEST_TIMEOUT",
         *       "title": "The request was not received in time",
         *       "status": 408,
         *       "code": "REQUEST_TIMEOUT",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        RequestTimeoutProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 408;
            /** @constant */
            code: "REQUEST_TIMEOUT";
        };
        /**
         * Another admin must decide on your adjustment
         * @example {
         *       "type": "/docs/errors#REQUESTED_BY_YOU",
         *       "title": "Another admin must decide on your adjustment",
         *       "status": 403,
         *       "code": "REQUESTED_BY_YOU",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        RequestedByYouProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 403;
            /** @constant */
            code: "REQUESTED_BY_YOU";
        };
        /** @enum {string} */
        Role: "buyer" | "staff" | "admin" | (string & {});
        ServiceStatus: {
            service: string;
            /** @description Version of the release */
            version: string;
            /** @description Host and process id of the instance that answered */
            instance: string;
            /** Format: int64 */
            upSeconds: number;
            /**
             * @description As /health/ready
             * @enum {string}
             */
            status: "ok" | "degraded" | "unavailable" | (string & {});
            reasons: string[];
            checks: {
                [key: string]: string;
            };
            outbox: {
                rows: number | null;
                oldestAgeSeconds: number | null;
                parkedKeys: number | null;
            };
            consumer: {
                topic: string;
                lagMessages: number | null;
                lagSeconds: number | null;
            }[];
            deadLetters: number | null;
            /** @description Keys whose messages wait behind a dead letter */
            parkedKeys: number | null;
            clocks: {
                to: string;
                differenceSeconds: number;
            }[];
            invariants: {
                invariant: string;
                violations: number | null;
                checkAgeSeconds: number | null;
            }[];
            jobs: {
                job: string;
                /** Format: date-time */
                lastSuccess: string | null;
            }[];
            switches: components["schemas"]["Switch"][];
        };
        Session: {
            /** Format: uuid */
            id: string;
            /** @description Browser or program of the last use, as it calls itself */
            device: string | null;
            /** @description IP address of the last use, an IPv6 address as its /64 network; a hash if the operator has set that */
            address: string | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description Time of the last refresh
             */
            lastUsedAt: string;
            /** Format: date-time */
            expiresAt: string;
            /** @description Whether this is the requesting session */
            isCurrent: boolean;
        };
        ShipBatch: {
            /** @description Each purchase once */
            shipments: {
                /** Format: uuid */
                purchaseId: string;
                /** @description The carrier's number of the parcel. Not stored if the buyer was erased */
                trackingCode?: string;
            }[];
        };
        ShipResult: {
            /** Format: uuid */
            purchaseId: string;
            /**
             * @description unchanged: the purchase was already shipped. Its tracking code stays
             * @enum {string}
             */
            outcome: "shipped" | "unchanged" | "rejected" | (string & {});
            /** @description If it was rejected: the code of the error, as at POST /v1/purchases/:id/ship */
            code?: string;
            detail?: string;
        };
        Shop: {
            /** @description Currency of requests that name none */
            currency: string;
            /**
             * Format: int64
             * @description Decimals of amounts in this currency: 2 for EUR, 0 for JPY (ISO 4217)
             */
            minorUnits: number;
            /** @description Languages of the pages, as BCP 47 tags. The first is the default */
            locales: string[];
            /** @description Tax rate of products that name none. Prices include it */
            taxRatePercent: number;
            /**
             * Format: int64
             * @description Days after delivery in which a buyer may claim
             */
            claimDays: number;
            /** @description Whether buyers can top up their wallets */
            hasTopUps: boolean;
        };
        SignIn: {
            /**
             * Format: email
             * @description Case, surrounding white space and the form of the domain (Unicode or ASCII) do not matter
             */
            email: string;
            /** Format: password */
            password: string;
            /**
             * @description Where the refresh token is put: token, into the answer (default), or cookie, into the cookie florin_refresh, for browsers
             * @enum {string}
             */
            session?: "token" | "cookie" | (string & {});
        };
        SignUp: {
            /**
             * Format: email
             * @description At most 254 octets, 64 before the @; case, surrounding white space and the form of the domain (Unicode or ASCII) do not matter
             */
            email: string;
            /**
             * Format: password
             * @description Any characters. Rejected if it is easy to guess: common passwords, keyboard walks, repetitions, sequences, dates, your own name or e-mail address
             */
            password: string;
            /** @description 1 to 100 characters */
            name?: string;
            /**
             * @description Where the refresh token is put: token, into the answer (default), or cookie, into the cookie florin_refresh, for browsers
             * @enum {string}
             */
            session?: "token" | "cookie" | (string & {});
        };
        SignedIn: {
            user: components["schemas"]["User"];
            /** @description Send it as `Authorization: Bearer` */
            accessToken: string;
            /** @description Valid for one refresh. Absent if it is in the cookie florin_refresh */
            refreshToken?: string;
            /**
             * Format: int64
             * @description Seconds until the access token expires
             */
            expiresIn: number;
        };
        /**
         * Another product has this SKU
         * @example {
         *       "type": "/docs/errors#SKU_TAKEN",
         *       "title": "Another product has this SKU",
         *       "status": 409,
         *       "code": "SKU_TAKEN",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        SkuTakenProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "SKU_TAKEN";
        };
        /**
         * Another product has this slug
         * @example {
         *       "type": "/docs/errors#SLUG_TAKEN",
         *       "title": "Another product has this slug",
         *       "status": 409,
         *       "code": "SLUG_TAKEN",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        SlugTakenProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "SLUG_TAKEN";
        };
        /** The purchase exceeds the spend limit */
        SpendLimitExceededProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "SPEND_LIMIT_EXCEEDED";
            /**
             * Format: int64
             * @description Highest amount that is allowed now, in minor units
             */
            limitMinor: number;
        };
        /**
         * Stock would fall below zero
         * @example {
         *       "type": "/docs/errors#STOCK_BELOW_ZERO",
         *       "title": "Stock would fall below zero",
         *       "status": 409,
         *       "code": "STOCK_BELOW_ZERO",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        StockBelowZeroProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "STOCK_BELOW_ZERO";
        };
        StockMovement: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            productId: string;
            /**
             * Format: int64
             * @description Units added (+) or removed (-); 0 for a count that equals the stock
             */
            delta: number;
            /** @enum {string} */
            reason: "opening" | "delivery" | "correction" | "sale" | "return" | "damage" | "loss" | "found" | "transfer" | "count" | "claim-return" | (string & {});
            /** @description Note by staff */
            note?: string;
            /**
             * Format: int64
             * @description Of a count: the units that were counted
             */
            count?: number;
            /**
             * Format: date-time
             * @description Of a count: the time of counting
             */
            countedAt?: string;
            /** Format: int64 */
            stockAfter: number;
            /**
             * Format: uuid
             * @description The purchase that caused a sale or a return
             */
            purchaseId?: string;
            /**
             * Format: uuid
             * @description The claim that returned the units
             */
            claimId?: string;
            /** Format: date-time */
            createdAt: string;
        };
        /**
         * Stock would exceed its maximum
         * @example {
         *       "type": "/docs/errors#STOCK_TOO_HIGH",
         *       "title": "Stock would exceed its maximum",
         *       "status": 409,
         *       "code": "STOCK_TOO_HIGH",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        StockTooHighProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "STOCK_TOO_HIGH";
        };
        Switch: {
            name: string;
            /** @description What happens while the switch is on */
            effect: string;
            isOn: boolean;
            /** @description Of the last change */
            reason: string;
            /**
             * Format: date-time
             * @description When it got its state; null: it was never thrown
             */
            since: string | null;
            /**
             * Format: date-time
             * @description When it ends by itself; null: somebody has to take it back
             */
            until: string | null;
            /** @description User id or name of who changed it last */
            by: string | null;
        };
        TaxOfRate: {
            ratePercent: number;
            /** Format: int64 */
            taxMinor: number;
        };
        TimelineStep: {
            /** Format: date-time */
            at: string;
            /** @description An event type */
            type: string;
            service: string;
            /** Format: uuid */
            eventId?: string;
            detail?: Record<string, never>;
        };
        /**
         * Too many rows of the file are invalid
         * @example {
         *       "type": "/docs/errors#TOO_MANY_BAD_ROWS",
         *       "title": "Too many rows of the file are invalid",
         *       "status": 422,
         *       "code": "TOO_MANY_BAD_ROWS",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        TooManyBadRowsProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 422;
            /** @constant */
            code: "TOO_MANY_BAD_ROWS";
        };
        /**
         * The maximum number of categories is reached
         * @example {
         *       "type": "/docs/errors#TOO_MANY_CATEGORIES",
         *       "title": "The maximum number of categories is reached",
         *       "status": 409,
         *       "code": "TOO_MANY_CATEGORIES",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        TooManyCategoriesProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "TOO_MANY_CATEGORIES";
        };
        /**
         * The purchase has too many claims
         * @example {
         *       "type": "/docs/errors#TOO_MANY_CLAIMS",
         *       "title": "The purchase has too many claims",
         *       "status": 409,
         *       "code": "TOO_MANY_CLAIMS",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        TooManyClaimsProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "TOO_MANY_CLAIMS";
        };
        /**
         * There are too many delivery methods
         * @example {
         *       "type": "/docs/errors#TOO_MANY_DELIVERY_METHODS",
         *       "title": "There are too many delivery methods",
         *       "status": 409,
         *       "code": "TOO_MANY_DELIVERY_METHODS",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        TooManyDeliveryMethodsProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "TOO_MANY_DELIVERY_METHODS";
        };
        /**
         * The purchase has too many refunds
         * @example {
         *       "type": "/docs/errors#TOO_MANY_REFUNDS",
         *       "title": "The purchase has too many refunds",
         *       "status": 409,
         *       "code": "TOO_MANY_REFUNDS",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        TooManyRefundsProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "TOO_MANY_REFUNDS";
        };
        /**
         * Too many purchases are undecided
         * @example {
         *       "type": "/docs/errors#TOO_MANY_UNDECIDED",
         *       "title": "Too many purchases are undecided",
         *       "status": 429,
         *       "code": "TOO_MANY_UNDECIDED",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        TooManyUndecidedProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 429;
            /** @constant */
            code: "TOO_MANY_UNDECIDED";
        };
        /**
         * The product would have too many variants
         * @example {
         *       "type": "/docs/errors#TOO_MANY_VARIANTS",
         *       "title": "The product would have too many variants",
         *       "status": 422,
         *       "code": "TOO_MANY_VARIANTS",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        TooManyVariantsProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 422;
            /** @constant */
            code: "TOO_MANY_VARIANTS";
        };
        TopUp: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            userId: string;
            /** Format: int64 */
            amountMinor: number;
            currency: string;
            /**
             * @description pending: the provider has not reported yet; settled: the wallet is credited
             * @enum {string}
             */
            status: "pending" | "settled" | "failed" | (string & {});
            /** @description The provider's id of the payment */
            reference?: string;
            failureReason?: string;
            /**
             * Format: uuid
             * @description The transfer that credited the wallet
             */
            transferId?: string;
            /** Format: date-time */
            createdAt: string;
        };
        /**
         * Top-ups are not available
         * @example {
         *       "type": "/docs/errors#TOP_UPS_UNAVAILABLE",
         *       "title": "Top-ups are not available",
         *       "status": 503,
         *       "code": "TOP_UPS_UNAVAILABLE",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        TopUpsUnavailableProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 503;
            /** @constant */
            code: "TOP_UPS_UNAVAILABLE";
        };
        /** The total has changed */
        TotalChangedProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "TOTAL_CHANGED";
            /** @description The order at the current prices */
            quote: components["schemas"]["Quote"];
        };
        TrialBalance: {
            accounts: components["schemas"]["LedgerAccount"][];
            totals: {
                currency: string;
                /**
                 * Format: int64
                 * @description null beyond ±(2^53 − 1)
                 */
                debitMinor: number | null;
                /** @description The same as decimal digits, always exact */
                debitMinorText: string;
                /**
                 * Format: int64
                 * @description null beyond ±(2^53 − 1)
                 */
                creditMinor: number | null;
                /** @description The same as decimal digits, always exact */
                creditMinorText: string;
                isBalanced: boolean;
            }[];
            /** @description The last snapshot; null: none yet */
            snapshot: {
                /** Format: int64 */
                period: number;
                /** Format: date-time */
                closedAt: string;
            } | null;
            /**
             * Format: int64
             * @description Entries added to the snapshot for this answer
             */
            entriesSinceSnapshot: number;
        };
        /**
         * A valid token is required
         * @example {
         *       "type": "/docs/errors#UNAUTHENTICATED",
         *       "title": "A valid token is required",
         *       "status": 401,
         *       "code": "UNAUTHENTICATED",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        UnauthenticatedProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 401;
            /** @constant */
            code: "UNAUTHENTICATED";
        };
        /**
         * Service unavailable
         * @example {
         *       "type": "/docs/errors#UNAVAILABLE",
         *       "title": "Service unavailable",
         *       "status": 503,
         *       "code": "UNAVAILABLE",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        UnavailableProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 503;
            /** @constant */
            code: "UNAVAILABLE";
        };
        /**
         * Unsupported media type
         * @example {
         *       "type": "/docs/errors#UNSUPPORTED_MEDIA_TYPE",
         *       "title": "Unsupported media type",
         *       "status": 415,
         *       "code": "UNSUPPORTED_MEDIA_TYPE",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        UnsupportedMediaTypeProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 415;
            /** @constant */
            code: "UNSUPPORTED_MEDIA_TYPE";
        };
        User: {
            /** Format: uuid */
            id: string;
            /**
             * Format: idn-email
             * @description Case, surrounding white space and the form of the domain (Unicode or ASCII) do not matter
             */
            email: string;
            name: string | null;
            roles: components["schemas"]["Role"][];
            /** @enum {string} */
            status: "active" | "disabled" | (string & {});
            /** Format: date-time */
            createdAt: string;
        };
        /**
         * The user is erased; the wallet stays frozen
         * @example {
         *       "type": "/docs/errors#USER_ERASED",
         *       "title": "The user is erased; the wallet stays frozen",
         *       "status": 409,
         *       "code": "USER_ERASED",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        UserErasedProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "USER_ERASED";
        };
        UserRoles: {
            /** @description `buyer` may be omitted: every account has it */
            roles: components["schemas"]["Role"][];
        };
        /**
         * The request does not match its schema
         * @example {
         *       "type": "/docs/errors#VALIDATION_FAILED",
         *       "title": "The request does not match its schema",
         *       "status": 422,
         *       "code": "VALIDATION_FAILED",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        ValidationFailedProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 422;
            /** @constant */
            code: "VALIDATION_FAILED";
        };
        /**
         * Another variant has these option values
         * @example {
         *       "type": "/docs/errors#VARIANT_EXISTS",
         *       "title": "Another variant has these option values",
         *       "status": 409,
         *       "code": "VARIANT_EXISTS",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        VariantExistsProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "VARIANT_EXISTS";
        };
        /** The product has variants */
        VariantRequiredProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "VARIANT_REQUIRED";
            /**
             * Format: uuid
             * @description The product of the request that the problem is about
             */
            productId: string;
        };
        Wallet: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            userId: string;
            currency: string;
            /** Format: int64 */
            balanceMinor: number;
            /**
             * Format: int64
             * @description What the wallet can pay: balance + credit limit − held
             */
            availableMinor: number;
            /**
             * Format: int64
             * @description Sum of the holds that have not ended
             */
            heldMinor: number;
            /**
             * Format: int64
             * @description Largest amount by which the balance may be below zero
             */
            creditLimitMinor: number;
            /**
             * Format: int64
             * @description Maximum price of one purchase
             */
            spendLimitMinor: number;
            /**
             * Format: int64
             * @description Maximum sum of a day's purchases (UTC); null: no limit
             */
            dailyLimitMinor: number | null;
            /**
             * Format: int64
             * @description Sum of today's purchases (UTC), without refunded ones
             */
            spentTodayMinor: number;
            /** @enum {string} */
            status: "active" | "frozen" | (string & {});
            /** Format: int64 */
            version: number;
        };
        WalletBalance: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            userId: string;
            currency: string;
            /** Format: date-time */
            at: string;
            /** Format: int64 */
            balanceMinor: number;
            /**
             * Format: int64
             * @description Sequence of the last entry in the balance; 0 if there is none
             */
            sequence: number;
            /** @description Whether the answer never changes. false while the last entry of the wallet is booked ahead of the clock; then all entries count for a time from now on */
            isFinal: boolean;
        };
        WalletEntry: {
            id: string;
            /** Format: int64 */
            sequence: number;
            /** Format: uuid */
            transferId: string;
            type: string;
            /**
             * Format: int64
             * @description Signed: negative debits the wallet
             */
            amountMinor: number;
            /** Format: int64 */
            balanceAfterMinor: number;
            /** Format: uuid */
            purchaseId?: string;
            /** @description The cause of the transfer; for the opening credit, the transfer itself */
            source: {
                /** @description purchase, hold, top-up, adjustment, opening-credit or refund. An open set */
                type: string;
                /** Format: uuid */
                id: string;
            };
            /** @description Reason of the adjustment */
            reason?: string;
            /** Format: date-time */
            createdAt: string;
        };
        /**
         * The wallet is frozen
         * @example {
         *       "type": "/docs/errors#WALLET_FROZEN",
         *       "title": "The wallet is frozen",
         *       "status": 409,
         *       "code": "WALLET_FROZEN",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        WalletFrozenProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "WALLET_FROZEN";
        };
        /**
         * The balance would exceed its maximum
         * @example {
         *       "type": "/docs/errors#WALLET_FULL",
         *       "title": "The balance would exceed its maximum",
         *       "status": 409,
         *       "code": "WALLET_FULL",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        WalletFullProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "WALLET_FULL";
        };
        /**
         * Insufficient funds
         * @example {
         *       "type": "/docs/errors#WALLET_INSUFFICIENT_FUNDS",
         *       "title": "Insufficient funds",
         *       "status": 409,
         *       "code": "WALLET_INSUFFICIENT_FUNDS",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        WalletInsufficientFundsProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "WALLET_INSUFFICIENT_FUNDS";
        };
        WalletLimits: {
            /**
             * Format: int64
             * @description Largest amount by which the balance may be below zero
             */
            creditLimitMinor?: number;
            /**
             * Format: int64
             * @description Maximum price of one purchase
             */
            spendLimitMinor?: number;
            /**
             * Format: int64
             * @description Maximum sum of a day's purchases (UTC); null: no limit
             */
            dailyLimitMinor?: number | null;
        };
        /**
         * The user has no wallet in this currency
         * @example {
         *       "type": "/docs/errors#WALLET_NOT_FOUND",
         *       "title": "The user has no wallet in this currency",
         *       "status": 404,
         *       "code": "WALLET_NOT_FOUND",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        WalletNotFoundProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 404;
            /** @constant */
            code: "WALLET_NOT_FOUND";
        };
        /**
         * The wallet is not open yet; try again
         * @example {
         *       "type": "/docs/errors#WALLET_NOT_READY",
         *       "title": "The wallet is not open yet; try again",
         *       "status": 409,
         *       "code": "WALLET_NOT_READY",
         *       "requestId": "01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44"
         *     }
         */
        WalletNotReadyProblem: components["schemas"]["Problem"] & {
            /** @constant */
            status: 409;
            /** @constant */
            code: "WALLET_NOT_READY";
        };
    };
    responses: {
        /**
         * @description `BUYER_ERASED`: The buyer was erased
         *
         *     `INVALID_TRANSITION`: Not allowed in the current status
         */
        "BUYER_ERASED-or-INVALID_TRANSITION": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["BuyerErasedProblem"] | components["schemas"]["InvalidTransitionProblem"];
            };
        };
        /**
         * @description `CAPTURE_EXCEEDS_HOLD`: The capture exceeds the hold
         *
         *     `INVALID_TRANSITION`: Not allowed in the current status
         */
        "CAPTURE_EXCEEDS_HOLD-or-INVALID_TRANSITION": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["CaptureExceedsHoldProblem"] | components["schemas"]["InvalidTransitionProblem"];
            };
        };
        /** @description `CART_FULL`: The cart is full */
        CART_FULL: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["CartFullProblem"];
            };
        };
        /**
         * @description `CATEGORY_CYCLE`: A category cannot be inside itself
         *
         *     `CATEGORY_NAME_TAKEN`: Another category with this parent has this name
         *
         *     `CATEGORY_TOO_DEEP`: Categories can have at most ten levels
         */
        "CATEGORY_CYCLE-or-CATEGORY_NAME_TAKEN-or-CATEGORY_TOO_DEEP": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["CategoryCycleProblem"] | components["schemas"]["CategoryNameTakenProblem"] | components["schemas"]["CategoryTooDeepProblem"];
            };
        };
        /** @description `CATEGORY_IN_USE`: The category has products, subcategories or coupons */
        CATEGORY_IN_USE: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["CategoryInUseProblem"];
            };
        };
        /**
         * @description `CATEGORY_NAME_TAKEN`: Another category with this parent has this name
         *
         *     `CATEGORY_TOO_DEEP`: Categories can have at most ten levels
         *
         *     `TOO_MANY_CATEGORIES`: The maximum number of categories is reached
         */
        "CATEGORY_NAME_TAKEN-or-CATEGORY_TOO_DEEP-or-TOO_MANY_CATEGORIES": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["CategoryNameTakenProblem"] | components["schemas"]["CategoryTooDeepProblem"] | components["schemas"]["TooManyCategoriesProblem"];
            };
        };
        /**
         * @description `CATEGORY_NOT_FOUND`: Category not found
         *
         *     `VALIDATION_FAILED`: The request does not match its schema
         */
        "CATEGORY_NOT_FOUND-or-VALIDATION_FAILED": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["CategoryNotFoundProblem"] | components["schemas"]["ValidationFailedProblem"];
            };
        };
        /**
         * @description `CLAIM_CONVERSATION_FULL`: The claim has too many messages
         *
         *     `IMAGE_UNKNOWN`: There is no such image for this purpose
         */
        "CLAIM_CONVERSATION_FULL-or-IMAGE_UNKNOWN": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ClaimConversationFullProblem"] | components["schemas"]["ImageUnknownProblem"];
            };
        };
        /** @description `COUPON_CODE_TAKEN`: Another coupon has this code */
        COUPON_CODE_TAKEN: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["CouponCodeTakenProblem"];
            };
        };
        /**
         * @description `COUPON_CODE_TAKEN`: Another coupon has this code
         *
         *     `COUPON_LIMIT_TOO_LOW`: The coupon was redeemed more often than the new limit allows
         */
        "COUPON_CODE_TAKEN-or-COUPON_LIMIT_TOO_LOW": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["CouponCodeTakenProblem"] | components["schemas"]["CouponLimitTooLowProblem"];
            };
        };
        /** @description `DEAD_LETTER_PARKED`: The message is parked behind a dead one */
        DEAD_LETTER_PARKED: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["DeadLetterParkedProblem"];
            };
        };
        /** @description `DEAD_LETTER_STILL_FAILS`: The message failed again */
        DEAD_LETTER_STILL_FAILS: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["DeadLetterStillFailsProblem"];
            };
        };
        /**
         * @description `DELIVERY_HISTORY_FULL`: The delivery has too many reports
         *
         *     `INVALID_TRANSITION`: Not allowed in the current status
         */
        "DELIVERY_HISTORY_FULL-or-INVALID_TRANSITION": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["DeliveryHistoryFullProblem"] | components["schemas"]["InvalidTransitionProblem"];
            };
        };
        /** @description `EMAIL_TAKEN`: An account with this e-mail address exists */
        EMAIL_TAKEN: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["EmailTakenProblem"];
            };
        };
        /** @description `FORBIDDEN`: Your role does not allow this */
        FORBIDDEN: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ForbiddenProblem"];
            };
        };
        /**
         * @description `FORBIDDEN`: Your role does not allow this
         *
         *     `OWN_ACCOUNT`: Not allowed for your own account
         */
        "FORBIDDEN-or-OWN_ACCOUNT": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ForbiddenProblem"] | components["schemas"]["OwnAccountProblem"];
            };
        };
        /**
         * @description `FORBIDDEN`: Your role does not allow this
         *
         *     `OWN_ACCOUNT`: Not allowed for your own account
         *
         *     `REFUND_REQUESTED_BY_YOU`: Another member of staff must decide on your refund
         */
        "FORBIDDEN-or-OWN_ACCOUNT-or-REFUND_REQUESTED_BY_YOU": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ForbiddenProblem"] | components["schemas"]["OwnAccountProblem"] | components["schemas"]["RefundRequestedByYouProblem"];
            };
        };
        /**
         * @description `FORBIDDEN`: Your role does not allow this
         *
         *     `OWN_ACCOUNT`: Not allowed for your own account
         *
         *     `REQUESTED_BY_YOU`: Another admin must decide on your adjustment
         */
        "FORBIDDEN-or-OWN_ACCOUNT-or-REQUESTED_BY_YOU": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ForbiddenProblem"] | components["schemas"]["OwnAccountProblem"] | components["schemas"]["RequestedByYouProblem"];
            };
        };
        /**
         * @description `IDEMPOTENCY_KEY_REQUIRED`: An Idempotency-Key header of 1 to 255 visible ASCII characters is required
         *
         *     `MALFORMED_JSON`: The body is not valid JSON
         *
         *     `MALFORMED_REQUEST`: Malformed request
         */
        "IDEMPOTENCY_KEY_REQUIRED-or-MALFORMED_JSON-or-MALFORMED_REQUEST": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["IdempotencyKeyRequiredProblem"] | components["schemas"]["MalformedJsonProblem"] | components["schemas"]["MalformedRequestProblem"];
            };
        };
        /**
         * @description `IDEMPOTENCY_KEY_REQUIRED`: An Idempotency-Key header of 1 to 255 visible ASCII characters is required
         *
         *     `MALFORMED_REQUEST`: Malformed request
         */
        "IDEMPOTENCY_KEY_REQUIRED-or-MALFORMED_REQUEST": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["IdempotencyKeyRequiredProblem"] | components["schemas"]["MalformedRequestProblem"];
            };
        };
        /**
         * @description `IDEMPOTENCY_KEY_REUSED`: The Idempotency-Key was used for another request
         *
         *     `PURCHASE_TOO_LARGE`: The purchase has too many items or too much text
         *
         *     `VALIDATION_FAILED`: The request does not match its schema
         */
        "IDEMPOTENCY_KEY_REUSED-or-PURCHASE_TOO_LARGE-or-VALIDATION_FAILED": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["IdempotencyKeyReusedProblem"] | components["schemas"]["PurchaseTooLargeProblem"] | components["schemas"]["ValidationFailedProblem"];
            };
        };
        /**
         * @description `IDEMPOTENCY_KEY_REUSED`: The Idempotency-Key was used for another request
         *
         *     `TOO_MANY_BAD_ROWS`: Too many rows of the file are invalid
         *
         *     `VALIDATION_FAILED`: The request does not match its schema
         */
        "IDEMPOTENCY_KEY_REUSED-or-TOO_MANY_BAD_ROWS-or-VALIDATION_FAILED": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["IdempotencyKeyReusedProblem"] | components["schemas"]["TooManyBadRowsProblem"] | components["schemas"]["ValidationFailedProblem"];
            };
        };
        /**
         * @description `IDEMPOTENCY_KEY_REUSED`: The Idempotency-Key was used for another request
         *
         *     `VALIDATION_FAILED`: The request does not match its schema
         */
        "IDEMPOTENCY_KEY_REUSED-or-VALIDATION_FAILED": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["IdempotencyKeyReusedProblem"] | components["schemas"]["ValidationFailedProblem"];
            };
        };
        /**
         * @description `IF_MATCH_MALFORMED`: If-Match must be * or a list of ETags in double quotes, such as "3"
         *
         *     `MALFORMED_JSON`: The body is not valid JSON
         *
         *     `MALFORMED_REQUEST`: Malformed request
         */
        "IF_MATCH_MALFORMED-or-MALFORMED_JSON-or-MALFORMED_REQUEST": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["IfMatchMalformedProblem"] | components["schemas"]["MalformedJsonProblem"] | components["schemas"]["MalformedRequestProblem"];
            };
        };
        /** @description `IMPORT_ROWS_PRUNED`: The row results have been deleted */
        IMPORT_ROWS_PRUNED: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ImportRowsPrunedProblem"];
            };
        };
        /** @description `INTERNAL_ERROR`: Internal error */
        INTERNAL_ERROR: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["InternalErrorProblem"];
            };
        };
        /** @description `INVALID_CREDENTIALS`: Wrong e-mail address or password */
        INVALID_CREDENTIALS: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["InvalidCredentialsProblem"];
            };
        };
        /**
         * @description `INVALID_CREDENTIALS`: Wrong e-mail address or password
         *
         *     `UNAUTHENTICATED`: A valid token is required
         */
        "INVALID_CREDENTIALS-or-UNAUTHENTICATED": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["InvalidCredentialsProblem"] | components["schemas"]["UnauthenticatedProblem"];
            };
        };
        /** @description `INVALID_TRANSITION`: Not allowed in the current status */
        INVALID_TRANSITION: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["InvalidTransitionProblem"];
            };
        };
        /**
         * @description `INVALID_TRANSITION`: Not allowed in the current status
         *
         *     `LAST_ADMIN`: The last active admin cannot be demoted, disabled or erased
         */
        "INVALID_TRANSITION-or-LAST_ADMIN": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["InvalidTransitionProblem"] | components["schemas"]["LastAdminProblem"];
            };
        };
        /**
         * @description `INVALID_TRANSITION`: Not allowed in the current status
         *
         *     `PACKED_BY_ANOTHER`: Somebody else packs the purchase
         */
        "INVALID_TRANSITION-or-PACKED_BY_ANOTHER": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["InvalidTransitionProblem"] | components["schemas"]["PackedByAnotherProblem"];
            };
        };
        /**
         * @description `INVALID_TRANSITION`: Not allowed in the current status
         *
         *     `REFUND_EXCEEDS_CHARGE`: The refund exceeds the rest of the charge
         *
         *     `TOO_MANY_REFUNDS`: The purchase has too many refunds
         */
        "INVALID_TRANSITION-or-REFUND_EXCEEDS_CHARGE-or-TOO_MANY_REFUNDS": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["InvalidTransitionProblem"] | components["schemas"]["RefundExceedsChargeProblem"] | components["schemas"]["TooManyRefundsProblem"];
            };
        };
        /**
         * @description `INVALID_TRANSITION`: Not allowed in the current status
         *
         *     `WALLET_FULL`: The balance would exceed its maximum
         *
         *     `WALLET_INSUFFICIENT_FUNDS`: Insufficient funds
         */
        "INVALID_TRANSITION-or-WALLET_FULL-or-WALLET_INSUFFICIENT_FUNDS": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["InvalidTransitionProblem"] | components["schemas"]["WalletFullProblem"] | components["schemas"]["WalletInsufficientFundsProblem"];
            };
        };
        /** @description `LAST_ADMIN`: The last active admin cannot be demoted, disabled or erased */
        LAST_ADMIN: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["LastAdminProblem"];
            };
        };
        /**
         * @description `MALFORMED_JSON`: The body is not valid JSON
         *
         *     `MALFORMED_REQUEST`: Malformed request
         */
        "MALFORMED_JSON-or-MALFORMED_REQUEST": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["MalformedJsonProblem"] | components["schemas"]["MalformedRequestProblem"];
            };
        };
        /** @description `NOT_ACCEPTABLE`: Accept must allow text/csv or application/x-ndjson */
        NOT_ACCEPTABLE: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["NotAcceptableProblem"];
            };
        };
        /** @description `NOT_FOUND`: Not found */
        NOT_FOUND: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["NotFoundProblem"];
            };
        };
        /**
         * @description `NOT_FOUND`: Not found
         *
         *     `PRODUCT_NOT_FOUND`: Product not found
         */
        "NOT_FOUND-or-PRODUCT_NOT_FOUND": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["NotFoundProblem"] | components["schemas"]["ProductNotFoundProblem"];
            };
        };
        /**
         * @description `NOT_FOUND`: Not found
         *
         *     `WALLET_NOT_FOUND`: The user has no wallet in this currency
         */
        "NOT_FOUND-or-WALLET_NOT_FOUND": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["NotFoundProblem"] | components["schemas"]["WalletNotFoundProblem"];
            };
        };
        /** @description `ORIGIN_NOT_ALLOWED`: Requests with a session cookie are not allowed from this origin */
        ORIGIN_NOT_ALLOWED: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["OriginNotAllowedProblem"];
            };
        };
        /** @description Any other failure, such as one that a proxy answers */
        OtherProblem: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `PARKED_EVENT_WAITS`: The event is parked behind one that Kafka refused */
        PARKED_EVENT_WAITS: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ParkedEventWaitsProblem"];
            };
        };
        /**
         * @description `PASSWORD_TOO_WEAK`: The password is too easy to guess
         *
         *     `VALIDATION_FAILED`: The request does not match its schema
         */
        "PASSWORD_TOO_WEAK-or-VALIDATION_FAILED": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["PasswordTooWeakProblem"] | components["schemas"]["ValidationFailedProblem"];
            };
        };
        /** @description `PAYLOAD_TOO_LARGE`: The body is too large */
        PAYLOAD_TOO_LARGE: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["PayloadTooLargeProblem"];
            };
        };
        /** @description `PRECONDITION_FAILED`: The resource has changed since it was read */
        PRECONDITION_FAILED: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["PreconditionFailedProblem"];
            };
        };
        /** @description `PRECONDITION_REQUIRED`: An If-Match header is required */
        PRECONDITION_REQUIRED: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["PreconditionRequiredProblem"];
            };
        };
        /** @description `PRODUCT_NOT_FOUND`: Product not found */
        PRODUCT_NOT_FOUND: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProductNotFoundProblem"];
            };
        };
        /**
         * @description `PURCHASES_PAUSED`: New purchases are paused
         *
         *     `UNAVAILABLE`: Service unavailable
         */
        "PURCHASES_PAUSED-or-UNAVAILABLE": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["PurchasesPausedProblem"] | components["schemas"]["UnavailableProblem"];
            };
        };
        /**
         * @description `PURCHASE_TOO_LARGE`: The purchase has too many items or too much text
         *
         *     `VALIDATION_FAILED`: The request does not match its schema
         */
        "PURCHASE_TOO_LARGE-or-VALIDATION_FAILED": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["PurchaseTooLargeProblem"] | components["schemas"]["ValidationFailedProblem"];
            };
        };
        /** @description `RATE_LIMITED`: Too many requests */
        RATE_LIMITED: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["RateLimitedProblem"];
            };
        };
        /**
         * @description `RATE_LIMITED`: Too many requests
         *
         *     `TOO_MANY_UNDECIDED`: Too many purchases are undecided
         */
        "RATE_LIMITED-or-TOO_MANY_UNDECIDED": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["RateLimitedProblem"] | components["schemas"]["TooManyUndecidedProblem"];
            };
        };
        /** @description `REAUTHENTICATION_REQUIRED`: The current password is required */
        REAUTHENTICATION_REQUIRED: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ReauthenticationRequiredProblem"];
            };
        };
        /** @description `REQUEST_TIMEOUT`: The request was not received in time */
        REQUEST_TIMEOUT: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["RequestTimeoutProblem"];
            };
        };
        /** @description `TOO_MANY_DELIVERY_METHODS`: There are too many delivery methods */
        TOO_MANY_DELIVERY_METHODS: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["TooManyDeliveryMethodsProblem"];
            };
        };
        /**
         * @description `TOO_MANY_VARIANTS`: The product would have too many variants
         *
         *     `VALIDATION_FAILED`: The request does not match its schema
         */
        "TOO_MANY_VARIANTS-or-VALIDATION_FAILED": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["TooManyVariantsProblem"] | components["schemas"]["ValidationFailedProblem"];
            };
        };
        /**
         * @description `TOP_UPS_UNAVAILABLE`: Top-ups are not available
         *
         *     `UNAVAILABLE`: Service unavailable
         */
        "TOP_UPS_UNAVAILABLE-or-UNAVAILABLE": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["TopUpsUnavailableProblem"] | components["schemas"]["UnavailableProblem"];
            };
        };
        /** @description `UNAUTHENTICATED`: A valid token is required */
        UNAUTHENTICATED: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["UnauthenticatedProblem"];
            };
        };
        /** @description `UNAVAILABLE`: Service unavailable */
        UNAVAILABLE: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["UnavailableProblem"];
            };
        };
        /** @description `UNSUPPORTED_MEDIA_TYPE`: Unsupported media type */
        UNSUPPORTED_MEDIA_TYPE: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["UnsupportedMediaTypeProblem"];
            };
        };
        /** @description `USER_ERASED`: The user is erased; the wallet stays frozen */
        USER_ERASED: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["UserErasedProblem"];
            };
        };
        /**
         * @description `USER_ERASED`: The user is erased; the wallet stays frozen
         *
         *     `WALLET_FULL`: The balance would exceed its maximum
         *
         *     `WALLET_INSUFFICIENT_FUNDS`: Insufficient funds
         */
        "USER_ERASED-or-WALLET_FULL-or-WALLET_INSUFFICIENT_FUNDS": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["UserErasedProblem"] | components["schemas"]["WalletFullProblem"] | components["schemas"]["WalletInsufficientFundsProblem"];
            };
        };
        /** @description `VALIDATION_FAILED`: The request does not match its schema */
        VALIDATION_FAILED: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ValidationFailedProblem"];
            };
        };
        /**
         * @description `WALLET_FROZEN`: The wallet is frozen
         *
         *     `WALLET_FULL`: The balance would exceed its maximum
         *
         *     `WALLET_INSUFFICIENT_FUNDS`: Insufficient funds
         */
        "WALLET_FROZEN-or-WALLET_FULL-or-WALLET_INSUFFICIENT_FUNDS": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["WalletFrozenProblem"] | components["schemas"]["WalletFullProblem"] | components["schemas"]["WalletInsufficientFundsProblem"];
            };
        };
        /**
         * @description `WALLET_FULL`: The balance would exceed its maximum
         *
         *     `WALLET_INSUFFICIENT_FUNDS`: Insufficient funds
         */
        "WALLET_FULL-or-WALLET_INSUFFICIENT_FUNDS": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["WalletFullProblem"] | components["schemas"]["WalletInsufficientFundsProblem"];
            };
        };
        /** @description `WALLET_NOT_FOUND`: The user has no wallet in this currency */
        WALLET_NOT_FOUND: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["WalletNotFoundProblem"];
            };
        };
    };
    parameters: {
        /**
         * @description 1 to 255 visible ASCII characters. A retry with the same key and the same request does nothing twice: it is answered 200 with Idempotent-Replayed: true. The same key with another request gets 422. Keys belong to the user who sends them: the same key sent by another user is another request
         * @example 0b5a2f0e-7c1d-4f3b-9a55-2f8f5b9d6c10
         */
        "Idempotency-Key": string;
        /**
         * @description The ETag from the last response. Also a list of ETags, or * for any version. W/"n" counts as "n"
         * @example "3"
         */
        "If-Match": string;
        /** @description The `ETag` of a stored answer. If it is that of the image, the answer is 304 without a body */
        "If-None-Match": string;
        /**
         * @description 1 to 255 visible ASCII characters. A retry with the same key and the same request does nothing twice: it is answered 200 with Idempotent-Replayed: true. The same key with another request gets 422. Keys belong to the user who sends them: the same key sent by another user is another request
         * @example 0b5a2f0e-7c1d-4f3b-9a55-2f8f5b9d6c10
         */
        OptionalIdempotencyKey: string;
        /**
         * @description wait=N: answer when the purchase is decided, or after N seconds (at most 30). Other preferences are ignored
         * @example wait=10
         */
        Prefer: string;
        /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
        "X-Request-Id": string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description The suggested name of the file
         * @example attachment; filename="products.csv"
         */
        "Content-Disposition": string;
        /**
         * @description The version, for `If-Match` of the next change; of an image, for `If-None-Match`
         * @example "3"
         */
        ETag: string;
        /** @description Whether the statement never changes */
        "Florin-Is-Final": "true" | "false";
        /** @description `true`: an earlier request under this key did the work */
        "Idempotent-Replayed": "true";
        /**
         * @description The next page, and the previous one of numbered pages (RFC 8288). Of a deprecated operation also its successor. Absent without any
         * @example </v1/purchases?limit=20&cursor=eyJ2IjoxfQ>; rel="next"
         */
        Link: string;
        /**
         * @description The path of what the request created
         * @example /v1/purchases/01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44
         */
        Location: string;
        /**
         * @description The preference that was applied (RFC 7240)
         * @example wait=10
         */
        "Preference-Applied": string;
        /**
         * @description Remaining requests `r` and seconds `t` until the window ends (draft-ietf-httpapi-ratelimit-headers). Absent where no limit applies
         * @example "user";r=598;t=41
         */
        RateLimit: string;
        /**
         * @description Quota `q` per window of `w` seconds. Absent where no limit applies
         * @example "user";q=600;w=60
         */
        "RateLimit-Policy": string;
        /**
         * @description Seconds after which to try again (RFC 9110, section 10.2.3). Absent where time alone changes nothing
         * @example 1
         */
        "Retry-After": number;
        /**
         * @description The challenge (RFC 6750, section 3)
         * @example Bearer error="invalid_token"
         */
        "WWW-Authenticate": string;
        /**
         * @description The id of this request in logs, which support asks for
         * @example 01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44
         */
        "X-Request-Id": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getJwks: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A JWK Set, without the envelope of other answers */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Jwks"];
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session has ended */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["ORIGIN_NOT_ALLOWED"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listMySessions: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of your open sessions */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Session"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    endAllMySessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Format: password
                     * @description Your password. Needed if you signed in to this session longer ago than REAUTHENTICATE_AFTER_S
                     */
                    currentPassword?: string;
                };
            };
        };
        responses: {
            /** @description All sessions have ended */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["INVALID_CREDENTIALS-or-UNAUTHENTICATED"];
            403: components["responses"]["REAUTHENTICATION_REQUIRED"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "password": "plum-lantern-47-river"
                 *     }
                 */
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description The account and its tokens */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["SignedIn"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["INVALID_CREDENTIALS"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    refreshTokens: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "refreshToken": "dGhlIHJlZnJlc2ggdG9rZW4gb2YgYSBzZXNzaW9u"
                 *     }
                 */
                "application/json": components["schemas"]["Refresh"];
            };
        };
        responses: {
            /** @description The account and a new pair of tokens; the old refresh token is used */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["SignedIn"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["ORIGIN_NOT_ALLOWED"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    endMySession: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-1d21-7c12-9b1d-2e4f6a8c0b12 */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Format: password
                     * @description Your password. Needed if you signed in to this session longer ago than REAUTHENTICATE_AFTER_S
                     */
                    currentPassword?: string;
                };
            };
        };
        responses: {
            /** @description The session has ended */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["INVALID_CREDENTIALS-or-UNAUTHENTICATED"];
            403: components["responses"]["REAUTHENTICATION_REQUIRED"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    signUp: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "password": "plum-lantern-47-river",
                 *       "name": "Ada Byron"
                 *     }
                 */
                "application/json": components["schemas"]["SignUp"];
            };
        };
        responses: {
            /** @description The account and its tokens */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["SignedIn"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["EMAIL_TAKEN"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["PASSWORD_TOO_WEAK-or-VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Your account */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["User"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    eraseMe: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currentPassword": "plum-lantern-47-river"
                 *     }
                 */
                "application/json": components["schemas"]["Erasure"];
            };
        };
        responses: {
            /** @description The account is erased; its e-mail address is free again */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["INVALID_CREDENTIALS-or-UNAUTHENTICATED"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["LAST_ADMIN"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    updateMe: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "name": "Ada Lovelace"
                 *     }
                 */
                "application/json": components["schemas"]["ProfileChanges"];
            };
        };
        responses: {
            /** @description The changed account */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["User"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currentPassword": "plum-lantern-47-river",
                 *       "newPassword": "quiet-harbour-81-maple"
                 *     }
                 */
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description The password is changed */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["INVALID_CREDENTIALS-or-UNAUTHENTICATED"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["PASSWORD_TOO_WEAK-or-VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /**
                 * @description How many at most
                 * @example 20
                 */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
                /** @description Case, surrounding white space and the form of the domain (Unicode or ASCII) do not matter */
                email?: string;
                /**
                 * @description Only accounts that have this role
                 * @example buyer
                 */
                role?: components["schemas"]["Role"];
                status?: "active" | "disabled";
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of accounts */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["User"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-1d20-7c11-8a4f-5a0de1b7c301 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["User"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    setUserRoles: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-1d20-7c11-8a4f-5a0de1b7c301 */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "roles": [
                 *         "buyer",
                 *         "staff"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["UserRoles"];
            };
        };
        responses: {
            /** @description The changed account */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["User"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN-or-OWN_ACCOUNT"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["INVALID_TRANSITION-or-LAST_ADMIN"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    disableUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-1d20-7c11-8a4f-5a0de1b7c301 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The changed account */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["User"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["LAST_ADMIN"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    enableUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-1d20-7c11-8a4f-5a0de1b7c301 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The changed account */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["User"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["INVALID_TRANSITION"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    unlockUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-1d20-7c11-8a4f-5a0de1b7c301 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The changed account */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["User"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN-or-OWN_ACCOUNT"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["INVALID_TRANSITION"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    endUserSessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-1d20-7c11-8a4f-5a0de1b7c301 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All sessions of the user have ended */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listAuthDeadLetters: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of dead letters */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DeadLetter"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getAuthDeadLetter: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-5d60-7a51-8e9a-e39a1aeafc8a */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The dead letter */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DeadLetter"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    dropAuthDeadLetter: {
        parameters: {
            query?: {
                /** @description true: also drop a message that is only parked */
                force?: boolean;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-5d60-7a51-8e9a-e39a1aeafc8a */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Dropped. Messages parked behind it stay parked */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["DEAD_LETTER_PARKED"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    replayAuthDeadLetter: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-5d60-7a51-8e9a-e39a1aeafc8a */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The number of messages handled */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: int64 */
                            replayed: number;
                        };
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["DEAD_LETTER_STILL_FAILS"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listAuthParkedEvents: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of parked events, without their values */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ParkedEvent"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getAuthParkedEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-5d60-7a51-8e9a-e39a1aeafc8a */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The parked event */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ParkedEventDetails"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    dropAuthParkedEvent: {
        parameters: {
            query?: {
                /** @description true: also drop an event that only waits behind a refused one */
                force?: boolean;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-5d60-7a51-8e9a-e39a1aeafc8a */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Dropped. Events that wait behind it still wait */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["PARKED_EVENT_WAITS"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    replayAuthParkedEvents: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-5d60-7a51-8e9a-e39a1aeafc8a */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The number of events that the relay will publish, at most 10,000 per call. An event that is refused again is parked again */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: int64 */
                            replayed: number;
                        };
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listAuthAuditEntries: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
                /** @description What this user did */
                actorId?: string;
                /** @description Such as user.disable */
                action?: string;
                /** @description What was done to the thing with this id */
                subject?: string;
                /** @description Done at or after this time; a date alone is midnight UTC */
                from?: string;
                /** @description Done before this time; a date alone is midnight UTC */
                to?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the audit log */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["AuditEntry"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listAuthSwitches: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All switches, on or off */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Switch"][];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getAuthStatus: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The status */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ServiceStatus"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listPurchases: {
        parameters: {
            query?: {
                /**
                 * @description How many at most
                 * @example 20
                 */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
                /** @description Purchases of this user. A buyer may send their own id only */
                userId?: string;
                /** @description Requested at or after this time; a date alone is midnight UTC */
                from?: string;
                /** @description Requested before this time; a date alone is midnight UTC */
                to?: string;
                /** @description The purchase with this number, in any case; O is read as 0, I and L as 1 */
                number?: string;
                /** @description For staff: purchases of the user who has this e-mail address now */
                email?: string;
                /** @example paid */
                status?: components["schemas"]["PurchaseStatus"];
                /** @description Purchases with this product among their items */
                productId?: string;
                /** @description Purchases with the product among their items that has this SKU now */
                sku?: string;
                /** @description For staff: purchases with exactly this tracking code */
                trackingCode?: string;
                /** @description Purchases whose status or refund changed at this time or later. Without number, trackingCode, userId and email the order is that of the last changes. A change is listed when it is committed: ask again from some seconds before the last page */
                updatedSince?: string;
                /** @description Which come first */
                sort?: "newest" | "oldest";
                /** @description Purchases in this currency. The default with minTotalMinor or maxTotalMinor is the platform's currency, else all currencies */
                currency?: string;
                /** @description In minor units of `currency`, else of the platform's currency */
                minTotalMinor?: number;
                /** @description In minor units of `currency`, else of the platform's currency */
                maxTotalMinor?: number;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of purchases. With several filters, a page may have fewer than limit although page.nextCursor is set */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Purchase"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    createPurchase: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. A retry with the same key and the same request does nothing twice: it is answered 200 with Idempotent-Replayed: true. The same key with another request gets 422. Keys belong to the user who sends them: the same key sent by another user is another request
                 * @example 0b5a2f0e-7c1d-4f3b-9a55-2f8f5b9d6c10
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description wait=N: answer when the purchase is decided, or after N seconds (at most 30). Other preferences are ignored
                 * @example wait=10
                 */
                Prefer?: components["parameters"]["Prefer"];
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 16384 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "items": [
                 *         {
                 *           "productId": "01990b4e-2a31-7d22-9d2f-7c2fa3d9e513",
                 *           "quantity": 2
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewPurchase"];
            };
        };
        responses: {
            /** @description Decided, or accepted by an earlier request under this key (Idempotent-Replayed: true) */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    Location: components["headers"]["Location"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Purchase"];
                    };
                };
            };
            /** @description Accepted, not decided yet */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Purchase"];
                    };
                };
            };
            400: components["responses"]["IDEMPOTENCY_KEY_REQUIRED-or-MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["PRODUCT_NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            /**
             * @description `COUPON_NOT_APPLICABLE`: The coupon does not apply to the purchase
             *
             *     `CURRENCY_MISMATCH`: No wallet has the currency of the purchase
             *
             *     `DAILY_LIMIT_EXCEEDED`: The purchase exceeds the daily limit
             *
             *     `DELIVERY_NOT_AVAILABLE`: The delivery method cannot be chosen
             *
             *     `INSUFFICIENT_FUNDS`: The wallet does not cover the purchase
             *
             *     `PRODUCT_ARCHIVED`: The product is archived
             *
             *     `PRODUCT_CURRENCY_UNKNOWN`: The product's currency is unknown
             *
             *     `PRODUCT_OUT_OF_STOCK`: Not enough stock
             *
             *     `SPEND_LIMIT_EXCEEDED`: The purchase exceeds the spend limit
             *
             *     `TOTAL_CHANGED`: The total has changed
             *
             *     `VARIANT_REQUIRED`: The product has variants
             *
             *     `WALLET_FROZEN`: The wallet is frozen
             *
             *     `WALLET_NOT_READY`: The wallet is not open yet; try again
             */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CouponNotApplicableProblem"] | components["schemas"]["CurrencyMismatchProblem"] | components["schemas"]["DailyLimitExceededProblem"] | components["schemas"]["DeliveryNotAvailableProblem"] | components["schemas"]["InsufficientFundsProblem"] | components["schemas"]["ProductArchivedProblem"] | components["schemas"]["ProductCurrencyUnknownProblem"] | components["schemas"]["ProductOutOfStockProblem"] | components["schemas"]["SpendLimitExceededProblem"] | components["schemas"]["TotalChangedProblem"] | components["schemas"]["VariantRequiredProblem"] | components["schemas"]["WalletFrozenProblem"] | components["schemas"]["WalletNotReadyProblem"];
                };
            };
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["IDEMPOTENCY_KEY_REUSED-or-PURCHASE_TOO_LARGE-or-VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED-or-TOO_MANY_UNDECIDED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["PURCHASES_PAUSED-or-UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    quotePurchase: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 16384 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "items": [
                 *         {
                 *           "productId": "01990b4e-2a31-7d22-9d2f-7c2fa3d9e513",
                 *           "quantity": 2
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["QuoteRequest"];
            };
        };
        responses: {
            /** @description The order at the current prices, with all problems of the order */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Quote"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["PRODUCT_NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    checkoutCart: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. A retry with the same key and the same request does nothing twice: it is answered 200 with Idempotent-Replayed: true. The same key with another request gets 422. Keys belong to the user who sends them: the same key sent by another user is another request
                 * @example 0b5a2f0e-7c1d-4f3b-9a55-2f8f5b9d6c10
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description wait=N: answer when the purchase is decided, or after N seconds (at most 30). Other preferences are ignored
                 * @example wait=10
                 */
                Prefer?: components["parameters"]["Prefer"];
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 16384 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "expectedTotalMinor": 2700
                 *     }
                 */
                "application/json": components["schemas"]["Checkout"];
            };
        };
        responses: {
            /** @description Decided, or accepted by an earlier request under this key (Idempotent-Replayed: true) */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    Location: components["headers"]["Location"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Purchase"];
                    };
                };
            };
            /** @description Accepted, not decided yet */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Purchase"];
                    };
                };
            };
            400: components["responses"]["IDEMPOTENCY_KEY_REQUIRED-or-MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["PRODUCT_NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            /**
             * @description `CART_EMPTY`: The cart is empty
             *
             *     `COUPON_NOT_APPLICABLE`: The coupon does not apply to the purchase
             *
             *     `CURRENCY_MISMATCH`: No wallet has the currency of the purchase
             *
             *     `DAILY_LIMIT_EXCEEDED`: The purchase exceeds the daily limit
             *
             *     `DELIVERY_NOT_AVAILABLE`: The delivery method cannot be chosen
             *
             *     `INSUFFICIENT_FUNDS`: The wallet does not cover the purchase
             *
             *     `PRODUCT_ARCHIVED`: The product is archived
             *
             *     `PRODUCT_CURRENCY_UNKNOWN`: The product's currency is unknown
             *
             *     `PRODUCT_OUT_OF_STOCK`: Not enough stock
             *
             *     `SPEND_LIMIT_EXCEEDED`: The purchase exceeds the spend limit
             *
             *     `TOTAL_CHANGED`: The total has changed
             *
             *     `VARIANT_REQUIRED`: The product has variants
             *
             *     `WALLET_FROZEN`: The wallet is frozen
             *
             *     `WALLET_NOT_READY`: The wallet is not open yet; try again
             */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CartEmptyProblem"] | components["schemas"]["CouponNotApplicableProblem"] | components["schemas"]["CurrencyMismatchProblem"] | components["schemas"]["DailyLimitExceededProblem"] | components["schemas"]["DeliveryNotAvailableProblem"] | components["schemas"]["InsufficientFundsProblem"] | components["schemas"]["ProductArchivedProblem"] | components["schemas"]["ProductCurrencyUnknownProblem"] | components["schemas"]["ProductOutOfStockProblem"] | components["schemas"]["SpendLimitExceededProblem"] | components["schemas"]["TotalChangedProblem"] | components["schemas"]["VariantRequiredProblem"] | components["schemas"]["WalletFrozenProblem"] | components["schemas"]["WalletNotReadyProblem"];
                };
            };
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["IDEMPOTENCY_KEY_REUSED-or-PURCHASE_TOO_LARGE-or-VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED-or-TOO_MANY_UNDECIDED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["PURCHASES_PAUSED-or-UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    reorderPurchase: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-3b40-7e31-9f4b-9e4bc5fba735 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cart, and the items that can no longer be bought */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["FilledCart"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["CART_FULL"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getPurchaseSummary: {
        parameters: {
            query?: {
                /** @description Purchases of this user. A buyer may send their own id only */
                userId?: string;
                /** @description Requested at or after this time; a date alone is midnight UTC */
                from?: string;
                /** @description Requested before this time; a date alone is midnight UTC */
                to?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The counts */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PurchaseSummary"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getPurchase: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-3b40-7e31-9f4b-9e4bc5fba735 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The purchase */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Purchase"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listPurchaseTimeline: {
        parameters: {
            query?: {
                /** @description Maximum number of steps in a page. The default is the maximum: most purchases have fewer than 20 */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-3b40-7e31-9f4b-9e4bc5fba735 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of steps */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["TimelineStep"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    cancelPurchase: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-3b40-7e31-9f4b-9e4bc5fba735 */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "Ordered twice"
                 *     }
                 */
                "application/json": components["schemas"]["PurchaseCancellation"];
            };
        };
        responses: {
            /** @description Cancelled; the refund follows */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Purchase"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["INVALID_TRANSITION"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["PURCHASE_TOO_LARGE-or-VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    shipPurchase: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-3b40-7e31-9f4b-9e4bc5fba735 */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "trackingCode": "JD014600003RU"
                 *     }
                 */
                "application/json": components["schemas"]["PurchaseAdvance"];
            };
        };
        responses: {
            /** @description The purchase is shipped, by this request or an earlier one */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Purchase"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN-or-OWN_ACCOUNT"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["INVALID_TRANSITION"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["PURCHASE_TOO_LARGE-or-VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    deliverPurchase: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-3b40-7e31-9f4b-9e4bc5fba735 */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "trackingCode": "JD014600003RU"
                 *     }
                 */
                "application/json": components["schemas"]["PurchaseAdvance"];
            };
        };
        responses: {
            /** @description The purchase is delivered, by this request or an earlier one */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Purchase"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN-or-OWN_ACCOUNT"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["INVALID_TRANSITION"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["PURCHASE_TOO_LARGE-or-VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getCart: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cart at the current prices */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Cart"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    emptyCart: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Empty */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    addCartItem: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. A retry with the same key and the same request does nothing twice: it is answered 200 with Idempotent-Replayed: true. The same key with another request gets 422. Keys belong to the user who sends them: the same key sent by another user is another request
                 * @example 0b5a2f0e-7c1d-4f3b-9a55-2f8f5b9d6c10
                 */
                "Idempotency-Key"?: components["parameters"]["OptionalIdempotencyKey"];
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "productId": "01990b4e-2a31-7d22-9d2f-7c2fa3d9e513",
                 *       "quantity": 1
                 *     }
                 */
                "application/json": components["schemas"]["NewCartItem"];
            };
        };
        responses: {
            /** @description The cart at the current prices */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Cart"];
                    };
                };
            };
            400: components["responses"]["IDEMPOTENCY_KEY_REQUIRED-or-MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["PRODUCT_NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            /**
             * @description `CART_FULL`: The cart is full
             *
             *     `PRODUCT_ARCHIVED`: The product is archived
             *
             *     `PRODUCT_CURRENCY_UNKNOWN`: The product's currency is unknown
             *
             *     `VARIANT_REQUIRED`: The product has variants
             */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CartFullProblem"] | components["schemas"]["ProductArchivedProblem"] | components["schemas"]["ProductCurrencyUnknownProblem"] | components["schemas"]["VariantRequiredProblem"];
                };
            };
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["IDEMPOTENCY_KEY_REUSED-or-VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    setCartItem: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-2a31-7d22-9d2f-7c2fa3d9e513 */
                productId: string;
            };
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "quantity": 2
                 *     }
                 */
                "application/json": components["schemas"]["CartItemQuantity"];
            };
        };
        responses: {
            /** @description The cart at the current prices */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Cart"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["NOT_FOUND-or-PRODUCT_NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            /**
             * @description `CART_FULL`: The cart is full
             *
             *     `PRODUCT_ARCHIVED`: The product is archived
             *
             *     `PRODUCT_CURRENCY_UNKNOWN`: The product's currency is unknown
             *
             *     `VARIANT_REQUIRED`: The product has variants
             */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CartFullProblem"] | components["schemas"]["ProductArchivedProblem"] | components["schemas"]["ProductCurrencyUnknownProblem"] | components["schemas"]["VariantRequiredProblem"];
                };
            };
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    removeCartItem: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-2a31-7d22-9d2f-7c2fa3d9e513 */
                productId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not in the cart */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    setCartCoupon: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "TEA-TIME-10"
                 *     }
                 */
                "application/json": components["schemas"]["CartCoupon"];
            };
        };
        responses: {
            /** @description The cart at the current prices */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Cart"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    mergeCart: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 16384 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "items": [
                 *         {
                 *           "productId": "01990b4e-2a31-7d22-9d2f-7c2fa3d9e513",
                 *           "quantity": 1
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CartMerge"];
            };
        };
        responses: {
            /** @description The cart, and the items that cannot be bought */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["FilledCart"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["CART_FULL"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    createClaim: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. A retry with the same key and the same request does nothing twice: it is answered 200 with Idempotent-Replayed: true. The same key with another request gets 422. Keys belong to the user who sends them: the same key sent by another user is another request
                 * @example 0b5a2f0e-7c1d-4f3b-9a55-2f8f5b9d6c10
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-3b40-7e31-9f4b-9e4bc5fba735 */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "items": [
                 *         {
                 *           "productId": "01990b4e-2a31-7d22-9d2f-7c2fa3d9e513",
                 *           "quantity": 1
                 *         }
                 *       ],
                 *       "reason": "damaged",
                 *       "text": "The handle is broken."
                 *     }
                 */
                "application/json": components["schemas"]["NewClaim"];
            };
        };
        responses: {
            /** @description Opened before under this key (Idempotent-Replayed: true) */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Claim"];
                    };
                };
            };
            /** @description The open claim */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Claim"];
                    };
                };
            };
            400: components["responses"]["IDEMPOTENCY_KEY_REQUIRED-or-MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            /**
             * @description `CLAIM_EXCEEDS_PURCHASE`: Other claims leave fewer units
             *
             *     `CLAIM_WINDOW_OVER`: The time for claims is over
             *
             *     `IMAGE_UNKNOWN`: There is no such image for this purpose
             *
             *     `INVALID_TRANSITION`: Not allowed in the current status
             *
             *     `TOO_MANY_CLAIMS`: The purchase has too many claims
             */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClaimExceedsPurchaseProblem"] | components["schemas"]["ClaimWindowOverProblem"] | components["schemas"]["ImageUnknownProblem"] | components["schemas"]["InvalidTransitionProblem"] | components["schemas"]["TooManyClaimsProblem"];
                };
            };
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["IDEMPOTENCY_KEY_REUSED-or-VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listClaims: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
                /**
                 * @description Only claims of this status
                 * @example open
                 */
                status?: components["schemas"]["ClaimStatus"];
                /** @description Only claims about this purchase */
                purchaseId?: string;
                /** @description Only this user's claims. A buyer may send their own id only */
                userId?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of claims. With several filters, a page may have fewer than limit although page.nextCursor is set */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Claim"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getClaim: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-6e70-7b61-8f9a-f4ab2bfb0d9b */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The claim */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Claim"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listClaimMessages: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-6e70-7b61-8f9a-f4ab2bfb0d9b */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of messages */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ClaimMessage"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    createClaimMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-6e70-7b61-8f9a-f4ab2bfb0d9b */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "Please send a picture."
                 *     }
                 */
                "application/json": components["schemas"]["NewClaimMessage"];
            };
        };
        responses: {
            /** @description The message */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ClaimMessage"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["CLAIM_CONVERSATION_FULL-or-IMAGE_UNKNOWN"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    withdrawClaim: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-6e70-7b61-8f9a-f4ab2bfb0d9b */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The claim is withdrawn, by this request or an earlier one */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Claim"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["INVALID_TRANSITION"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    approveClaim: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-6e70-7b61-8f9a-f4ab2bfb0d9b */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "refundMinor": 500,
                 *       "restock": true,
                 *       "returnRequired": true
                 *     }
                 */
                "application/json": components["schemas"]["ClaimApproval"];
            };
        };
        responses: {
            /** @description Approved with these values, by this request or an earlier one */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Claim"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN-or-OWN_ACCOUNT"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["INVALID_TRANSITION-or-REFUND_EXCEEDS_CHARGE-or-TOO_MANY_REFUNDS"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    rejectClaim: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-6e70-7b61-8f9a-f4ab2bfb0d9b */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "The picture shows another product"
                 *     }
                 */
                "application/json": components["schemas"]["ClaimRejection"];
            };
        };
        responses: {
            /** @description The claim is rejected, by this request or an earlier one */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Claim"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN-or-OWN_ACCOUNT"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["INVALID_TRANSITION"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    receiveClaim: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-6e70-7b61-8f9a-f4ab2bfb0d9b */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Received, by this request or an earlier one */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Claim"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN-or-OWN_ACCOUNT"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["INVALID_TRANSITION-or-REFUND_EXCEEDS_CHARGE-or-TOO_MANY_REFUNDS"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    createRefund: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. A retry with the same key and the same request does nothing twice: it is answered 200 with Idempotent-Replayed: true. The same key with another request gets 422. Keys belong to the user who sends them: the same key sent by another user is another request
                 * @example 0b5a2f0e-7c1d-4f3b-9a55-2f8f5b9d6c10
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-3b40-7e31-9f4b-9e4bc5fba735 */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "amountMinor": 500,
                 *       "reason": "One cup was chipped"
                 *     }
                 */
                "application/json": components["schemas"]["NewRefund"];
            };
        };
        responses: {
            /** @description Requested before under this key (Idempotent-Replayed: true) */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Refund"];
                    };
                };
            };
            /** @description Requested: payment answers soon, or a review comes first */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Refund"];
                    };
                };
            };
            400: components["responses"]["IDEMPOTENCY_KEY_REQUIRED-or-MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN-or-OWN_ACCOUNT"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["INVALID_TRANSITION-or-REFUND_EXCEEDS_CHARGE-or-TOO_MANY_REFUNDS"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["IDEMPOTENCY_KEY_REUSED-or-VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listRefunds: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
                /**
                 * @description Only refunds of this status
                 * @example pending
                 */
                status?: "review" | "pending" | "done" | "rejected";
                /** @description Only refunds of this purchase */
                purchaseId?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of refunds */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Refund"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    approveRefund: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-6e71-7b62-9a0b-a5bc3c0c1eac */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The refund is approved, by this request or an earlier one */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Refund"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN-or-OWN_ACCOUNT-or-REFUND_REQUESTED_BY_YOU"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["INVALID_TRANSITION"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    rejectRefund: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-6e71-7b62-9a0b-a5bc3c0c1eac */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The refund is rejected, by this request or an earlier one */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Refund"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN-or-OWN_ACCOUNT-or-REFUND_REQUESTED_BY_YOU"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["INVALID_TRANSITION"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listCoupons: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
                /** @description The coupon with this code, in upper or lower case */
                code?: string;
                /** @example active */
                status?: "active" | "archived";
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of coupons */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Coupon"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    createCoupon: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "TEA-TIME-10",
                 *       "kind": "percent",
                 *       "percent": 10,
                 *       "maxRedemptions": 500,
                 *       "maxPerUser": 1
                 *     }
                 */
                "application/json": components["schemas"]["NewCoupon"];
            };
        };
        responses: {
            /** @description The new coupon */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Coupon"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["COUPON_CODE_TAKEN"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["CATEGORY_NOT_FOUND-or-VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getCoupon: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-2a33-7d24-9f4b-9e4bc5fba735 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The coupon */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Coupon"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    archiveCoupon: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag from the last response. Also a list of ETags, or * for any version. W/"n" counts as "n"
                 * @example "3"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-2a33-7d24-9f4b-9e4bc5fba735 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The coupon is archived */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["IF_MATCH_MALFORMED-or-MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            412: components["responses"]["PRECONDITION_FAILED"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            428: components["responses"]["PRECONDITION_REQUIRED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    updateCoupon: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag from the last response. Also a list of ETags, or * for any version. W/"n" counts as "n"
                 * @example "3"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-2a33-7d24-9f4b-9e4bc5fba735 */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "maxRedemptions": 1000,
                 *       "endsAt": "2030-12-31T23:00:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["CouponChanges"];
            };
        };
        responses: {
            /** @description The changed coupon */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Coupon"];
                    };
                };
            };
            400: components["responses"]["IF_MATCH_MALFORMED-or-MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["COUPON_CODE_TAKEN-or-COUPON_LIMIT_TOO_LOW"];
            412: components["responses"]["PRECONDITION_FAILED"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["CATEGORY_NOT_FOUND-or-VALIDATION_FAILED"];
            428: components["responses"]["PRECONDITION_REQUIRED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listDeliveryMethods: {
        parameters: {
            query?: {
                /** @description Only staff may ask for others than the active ones */
                status?: "active" | "archived" | "all";
                /**
                 * @description Methods that go to this country of ISO 3166-1
                 * @example AT
                 */
                country?: string;
                /** @description Methods that are priced in this currency */
                currency?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery methods, 100 at most */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DeliveryMethod"][];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    createDeliveryMethod: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Parcel",
                 *       "priceMinor": 490,
                 *       "freeFromMinor": 5000,
                 *       "countries": [
                 *         "AT",
                 *         "DE"
                 *       ],
                 *       "minDays": 2,
                 *       "maxDays": 4
                 *     }
                 */
                "application/json": components["schemas"]["NewDeliveryMethod"];
            };
        };
        responses: {
            /** @description The new delivery method */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DeliveryMethod"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["TOO_MANY_DELIVERY_METHODS"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getDeliveryMethod: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-3b41-7e32-8a5c-0f5cd6acb846 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery method */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DeliveryMethod"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    deleteDeliveryMethod: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag from the last response. Also a list of ETags, or * for any version. W/"n" counts as "n"
                 * @example "3"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-3b41-7e32-8a5c-0f5cd6acb846 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery method is deleted */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["IF_MATCH_MALFORMED-or-MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            412: components["responses"]["PRECONDITION_FAILED"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            428: components["responses"]["PRECONDITION_REQUIRED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    updateDeliveryMethod: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag from the last response. Also a list of ETags, or * for any version. W/"n" counts as "n"
                 * @example "3"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-3b41-7e32-8a5c-0f5cd6acb846 */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "priceMinor": 590
                 *     }
                 */
                "application/json": components["schemas"]["DeliveryMethodChanges"];
            };
        };
        responses: {
            /** @description The changed delivery method */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DeliveryMethod"];
                    };
                };
            };
            400: components["responses"]["IF_MATCH_MALFORMED-or-MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            412: components["responses"]["PRECONDITION_FAILED"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            428: components["responses"]["PRECONDITION_REQUIRED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-3b40-7e31-9f4b-9e4bc5fba735 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Delivery"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    setDeliveryAddress: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-3b40-7e31-9f4b-9e4bc5fba735 */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Ada Byron",
                 *       "line1": "Ringstrasse 1",
                 *       "postalCode": "1010",
                 *       "city": "Vienna",
                 *       "country": "AT"
                 *     }
                 */
                "application/json": components["schemas"]["NewAddress"];
            };
        };
        responses: {
            /** @description The delivery with the new address */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Delivery"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["BUYER_ERASED-or-INVALID_TRANSITION"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    reportDelivery: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. A retry with the same key and the same request does nothing twice: it is answered 200 with Idempotent-Replayed: true. The same key with another request gets 422. Keys belong to the user who sends them: the same key sent by another user is another request
                 * @example 0b5a2f0e-7c1d-4f3b-9a55-2f8f5b9d6c10
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-3b40-7e31-9f4b-9e4bc5fba735 */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "status": "in-transit",
                 *       "at": "2026-11-27T12:00:00Z",
                 *       "place": "Linz",
                 *       "carrier": "Post",
                 *       "trackingCode": "JD014600003RU"
                 *     }
                 */
                "application/json": components["schemas"]["NewDeliveryReport"];
            };
        };
        responses: {
            /** @description The delivery, reported by an earlier request under this key (Idempotent-Replayed: true) */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Delivery"];
                    };
                };
            };
            /** @description The delivery with the report */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Delivery"];
                    };
                };
            };
            400: components["responses"]["IDEMPOTENCY_KEY_REQUIRED-or-MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN-or-OWN_ACCOUNT"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["DELIVERY_HISTORY_FULL-or-INVALID_TRANSITION"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["IDEMPOTENCY_KEY_REUSED-or-PURCHASE_TOO_LARGE-or-VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listPurchasesToPack: {
        parameters: {
            query?: {
                /**
                 * @description How many at most
                 * @example 20
                 */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of purchases */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PurchaseToPack"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    claimPacking: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-3b40-7e31-9f4b-9e4bc5fba735 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description You pack the purchase, by this request or an earlier one */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Who packs the purchase */
                        data: components["schemas"]["Packing"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN-or-OWN_ACCOUNT"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["INVALID_TRANSITION-or-PACKED_BY_ANOTHER"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getPickList: {
        parameters: {
            query?: {
                /** @description The purchases: at most 100 ids between commas. Default: those that you are packing */
                purchaseIds?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pick list, as a page */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getPackingSlip: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-3b40-7e31-9f4b-9e4bc5fba735 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The packing slip, as a page */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    shipPurchases: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 65536 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "shipments": [
                 *         {
                 *           "purchaseId": "01990b4e-3b40-7e31-9f4b-9e4bc5fba735",
                 *           "trackingCode": "JD014600003RU"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ShipBatch"];
            };
        };
        responses: {
            /** @description The results, in the order of the request */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ShipResult"][];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listCustomers: {
        parameters: {
            query: {
                /**
                 * @description How many at most
                 * @example 20
                 */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
                /**
                 * @description The number of a purchase, or the beginning of a name, of a word of a name, or of an e-mail address. The address may begin at any character before the @, or at a part of the domain (without the @). Case and accents do not matter
                 * @example lovelace@ex
                 */
                q: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of customers. It may have fewer than limit although page.nextCursor is set */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Customer"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-1d20-7c11-8a4f-5a0de1b7c301 */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The customer */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Customer"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listStockMovements: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-2a31-7d22-9d2f-7c2fa3d9e513 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of movements */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["StockMovement"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    createStockMovement: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. A retry with the same key and the same request does nothing twice: it is answered 200 with Idempotent-Replayed: true. The same key with another request gets 422. Keys belong to the user who sends them: the same key sent by another user is another request
                 * @example 0b5a2f0e-7c1d-4f3b-9a55-2f8f5b9d6c10
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-2a31-7d22-9d2f-7c2fa3d9e513 */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "delta": 12,
                 *       "reason": "delivery"
                 *     }
                 */
                "application/json": components["schemas"]["NewStockMovement"];
            };
        };
        responses: {
            /** @description The movement that an earlier request posted under this key (Idempotent-Replayed: true) */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["StockMovement"];
                    };
                };
            };
            /** @description The movement */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["StockMovement"];
                    };
                };
            };
            400: components["responses"]["IDEMPOTENCY_KEY_REQUIRED-or-MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            /**
             * @description `COUNT_TOO_OLD`: Too many movements since the count
             *
             *     `STOCK_BELOW_ZERO`: Stock would fall below zero
             *
             *     `STOCK_TOO_HIGH`: Stock would exceed its maximum
             *
             *     `VARIANT_REQUIRED`: The product has variants
             */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CountTooOldProblem"] | components["schemas"]["StockBelowZeroProblem"] | components["schemas"]["StockTooHighProblem"] | components["schemas"]["VariantRequiredProblem"];
                };
            };
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["IDEMPOTENCY_KEY_REUSED-or-VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    importProducts: {
        parameters: {
            query?: {
                /** @description The effect of `stock` on an existing product. opening: none, it is the opening stock of new products. count: the import sets the stock to it, even if units were sold after the count; the difference is posted as a correction, and the row result has the stock before and after */
                stock?: "opening" | "count";
                /** @description The effect of a row whose `id` names a product with another `sku`. reject: the row is rejected, because a spreadsheet may have changed the SKU. rename: the product gets the SKU of the row */
                skuMismatch?: "reject" | "rename";
                /** @description The effect of an empty cell of a CSV file on an existing product. keep: none. clear: it removes the value of an optional field; `sku` and `slug` stay */
                blank?: "keep" | "clear";
                /** @description match: `id` names the product of a row, and a row with an `id` or a `version` is never a new product. ignore: `id` and `version` are ignored and products are found by `sku` alone. Use it for the export of another shop */
                ids?: "match" | "ignore";
                /** @description Whether categories that the column `category` names and that do not exist are created. `category` has names or paths from the top, such as `Clothing > Shirts; Sale`, the main category first */
                createCategories?: boolean;
                /** @description Category (name or path) of new products whose rows name none. Default: none; for files of other shops, `Uncategorized` */
                defaultCategory?: string;
                /** @description Columns of the CSV file: those of Florin, or of a product export of Shopify, WooCommerce, Magento 2 or PrestaShop. Default: recognized by the header */
                format?: components["schemas"]["ProductFileFormat"];
                /** @description The unit of the weights in files of Magento and PrestaShop, which name none */
                weightUnit?: "g" | "kg" | "oz" | "lb";
                /** @description true: answers what would happen, row by row, and writes nothing, not even the idempotency key */
                dryRun?: boolean;
            };
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. A retry with the same key and the same request does nothing twice: it is answered 200 with Idempotent-Replayed: true. The same key with another request gets 422. Keys belong to the user who sends them: the same key sent by another user is another request
                 * @example 0b5a2f0e-7c1d-4f3b-9a55-2f8f5b9d6c10
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description UTF-8, not compressed */
        requestBody: {
            content: {
                /**
                 * @example sku,name,priceMinor,currency,categoryId,stock
                 *     TEA-MINT-50,"Mint, 50 g",690,EUR,01990b4e-2a30-7d21-8c5e-6b1ef2c8d402,25
                 */
                "text/csv": string;
                "application/csv": string;
                "text/tab-separated-values": string;
                "application/vnd.ms-excel": string;
                "application/x-ndjson": string;
                "application/ndjson": string;
            };
        };
        responses: {
            /** @description The import that an earlier request started under this key (Idempotent-Replayed: true), or with dryRun what would happen */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    /**
                     * @description The path of what the request created
                     * @example /v1/purchases/01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44
                     */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ProductImport"];
                    };
                };
            };
            /** @description All rows are processed. Location has the row results */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ProductImport"];
                    };
                };
            };
            400: components["responses"]["IDEMPOTENCY_KEY_REQUIRED-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["IDEMPOTENCY_KEY_REUSED-or-TOO_MANY_BAD_ROWS-or-VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getProductImport: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-2a32-7d23-8e3a-8d3ab4eaf624 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The import */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ProductImport"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listProductImportRows: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
                /** @description rejected is another word for refused */
                outcome?: "created" | "updated" | "unchanged" | "refused" | "rejected";
                /** @description csv: all rejected rows as a file with a column `reason`, to be corrected and imported. Requires outcome=rejected; limit and cursor have no effect */
                format?: "json" | "csv";
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-2a32-7d23-8e3a-8d3ab4eaf624 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of rows, or with format=csv a file of all rejected rows */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ProductImportRow"][];
                        page: components["schemas"]["Page"];
                    };
                    "text/csv": string;
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            410: components["responses"]["IMPORT_ROWS_PRUNED"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    exportProducts: {
        parameters: {
            query?: {
                /**
                 * @description Format of the file, before the Accept header. Default csv
                 * @example csv
                 */
                format?: "csv" | "ndjson";
                /** @description Whether a CSV file begins with a byte order mark, which Excel needs to read it as UTF-8 */
                bom?: boolean;
                status?: components["schemas"]["ProductStatus"];
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The products, oldest first */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            406: components["responses"]["NOT_ACCEPTABLE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listCategories: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
                /** @description The page of this number, with page.total, instead of a cursor */
                page?: number;
                /** @description Categories with this name, ignoring case and accents */
                name?: string;
                /** @description Direct subcategories of this category */
                parentId?: string;
                /** @description The category at this path, such as `Clothing > Shirts`: the names from the top, ignoring case. `\>` is a sign of a name */
                path?: string;
                /**
                 * @description true: all categories in one answer, each with its children. Cannot be combined with name, parentId or path. Not for more than 2000 categories
                 * @example true
                 */
                tree?: boolean;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of categories */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Category"][];
                        page: {
                            /** Format: int64 */
                            limit: number;
                            /** @description `cursor` of the next page; null on the last page */
                            nextCursor: string | null;
                            /**
                             * Format: int64
                             * @description With page=: the number of the page
                             */
                            number?: number;
                            /**
                             * Format: int64
                             * @description With page=: the number of categories
                             */
                            total?: number;
                            /** @description With page=: true if there are more categories than total */
                            isTotalCapped?: boolean;
                        };
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    createCategory: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Tea",
                 *       "description": "Leaves, and what one needs to brew them"
                 *     }
                 */
                "application/json": components["schemas"]["NewCategory"];
            };
        };
        responses: {
            /** @description The new category */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Category"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["CATEGORY_NAME_TAKEN-or-CATEGORY_TOO_DEEP-or-TOO_MANY_CATEGORIES"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["CATEGORY_NOT_FOUND-or-VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getCategory: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-2a30-7d21-8c5e-6b1ef2c8d402 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The category */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Category"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    deleteCategory: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag from the last response. Also a list of ETags, or * for any version. W/"n" counts as "n"
                 * @example "3"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-2a30-7d21-8c5e-6b1ef2c8d402 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The category is deleted */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["IF_MATCH_MALFORMED-or-MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["CATEGORY_IN_USE"];
            412: components["responses"]["PRECONDITION_FAILED"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            428: components["responses"]["PRECONDITION_REQUIRED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    updateCategory: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag from the last response. Also a list of ETags, or * for any version. W/"n" counts as "n"
                 * @example "3"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-2a30-7d21-8c5e-6b1ef2c8d402 */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Teas"
                 *     }
                 */
                "application/json": components["schemas"]["CategoryChanges"];
            };
        };
        responses: {
            /** @description The changed category */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Category"];
                    };
                };
            };
            400: components["responses"]["IF_MATCH_MALFORMED-or-MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["CATEGORY_CYCLE-or-CATEGORY_NAME_TAKEN-or-CATEGORY_TOO_DEEP"];
            412: components["responses"]["PRECONDITION_FAILED"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["CATEGORY_NOT_FOUND-or-VALIDATION_FAILED"];
            428: components["responses"]["PRECONDITION_REQUIRED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listProducts: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
                /** @description Words, or their beginnings from three letters on, that must all be in the SKU, name, brand or description, except words that most products have. If no product has them all, each longer word may have one typing error */
                q?: string;
                /** @description The product with exactly this SKU, case-sensitive */
                sku?: string;
                /** @description Products whose SKU begins with this text, case-sensitive, without wildcards */
                skuPrefix?: string;
                /** @description The product with exactly this slug */
                slug?: string;
                /** @description Products with exactly this barcode */
                barcode?: string;
                /** @description Products of exactly this brand, case-sensitive */
                brand?: string;
                /** @description Products with exactly this tag, case-sensitive */
                tag?: string;
                /**
                 * @description Products of this category and its subcategories
                 * @example 01990b4e-2a30-7d21-8c5e-6b1ef2c8d402
                 */
                categoryId?: string;
                /** @description Products priced in this currency. The default is the platform's currency if the list is sorted by price, has minPriceMinor or maxPriceMinor, or counts the facet price, else all currencies */
                currency?: string;
                /** @description In minor units of `currency`, else of the platform's currency */
                minPriceMinor?: number;
                /** @description In minor units of `currency`, else of the platform's currency */
                maxPriceMinor?: number;
                /** @description draft and archived are for staff only */
                status?: components["schemas"]["ProductStatus"];
                /** @example true */
                inStock?: boolean;
                /** @description For staff: whether the stock is at or below the threshold */
                lowStock?: boolean;
                /** @description true: only products that the balance, spend limit and daily limit of the buyer's wallet allow, as of page.limitAsOf. Requires a token */
                withinLimit?: boolean;
                /**
                 * @description Default: relevance with q, else newest. relevance is the best match first; without q, or if more than 5,000 products have each word of q, it is newest. price and -price show one currency: `currency`, else the platform's
                 * @example price
                 */
                sort?: "relevance" | "newest" | "price" | "-price" | "name";
                /** @description Counts of the products of the list by brand, category, price, tag: names between commas. Each facet leaves out its own filter. At most 20 values of each, the most frequent first */
                facets?: string;
                /** @description attribute.<name>=<value>: products with exactly this value of the attribute, case-sensitive. At most 5 attributes */
                attribute?: {
                    [key: string]: string;
                };
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of products. A product with options has one entry: its cheapest variant that matches all filters, at the place of that variant. If hundreds of variants in a row are not shown, or with q, skuPrefix, slug, barcode, brand, tag, an attribute, or the status draft or archived, a page may have fewer products than limit, or none, although page.nextCursor is set: at most 10,000 products are read for one page */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Product"][];
                        page: {
                            /** Format: int64 */
                            limit: number;
                            /** @description `cursor` of the next page; null on the last page */
                            nextCursor: string | null;
                            /**
                             * Format: int64
                             * @description With withinLimit: the version of the buyer's wallet (GET /v1/wallet) that the filter used; null before the wallet is known
                             */
                            limitAsOf?: number | null;
                            facets?: components["schemas"]["ProductFacets"];
                        };
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    createProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 262144 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "sku": "TEA-ASSAM-100",
                 *       "name": "Assam, 100 g",
                 *       "description": "Black tea, strong and malty",
                 *       "brand": "Leaf & Pot",
                 *       "barcode": "4006381333931",
                 *       "priceMinor": 1250,
                 *       "compareAtPriceMinor": 1490,
                 *       "currency": "EUR",
                 *       "taxRatePercent": 7,
                 *       "categoryId": "01990b4e-2a30-7d21-8c5e-6b1ef2c8d402",
                 *       "images": [
                 *         {
                 *           "url": "https://shop.example/assam.jpg",
                 *           "alt": "A tin of tea"
                 *         }
                 *       ],
                 *       "tags": [
                 *         "black",
                 *         "loose leaf"
                 *       ],
                 *       "attributes": {
                 *         "Origin": "India",
                 *         "Caffeine": "high"
                 *       },
                 *       "weightGrams": 120,
                 *       "stock": 40
                 *     }
                 */
                "application/json": components["schemas"]["NewProduct"];
            };
        };
        responses: {
            /** @description The new product */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Product"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            /**
             * @description `IMAGE_UNKNOWN`: There is no such image for this purpose
             *
             *     `PARENT_NOT_ACTIVE`: The product with the options is not active
             *
             *     `SKU_TAKEN`: Another product has this SKU
             *
             *     `SLUG_TAKEN`: Another product has this slug
             *
             *     `VARIANT_EXISTS`: Another variant has these option values
             */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ImageUnknownProblem"] | components["schemas"]["ParentNotActiveProblem"] | components["schemas"]["SkuTakenProblem"] | components["schemas"]["SlugTakenProblem"] | components["schemas"]["VariantExistsProblem"];
                };
            };
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["CATEGORY_NOT_FOUND-or-VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-2a31-7d22-9d2f-7c2fa3d9e513 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The product */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Product"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    archiveProduct: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag from the last response. Also a list of ETags, or * for any version. W/"n" counts as "n"
                 * @example "3"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-2a31-7d22-9d2f-7c2fa3d9e513 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The product is archived */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["IF_MATCH_MALFORMED-or-MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            412: components["responses"]["PRECONDITION_FAILED"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            428: components["responses"]["PRECONDITION_REQUIRED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    updateProduct: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag from the last response. Also a list of ETags, or * for any version. W/"n" counts as "n"
                 * @example "3"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-2a31-7d22-9d2f-7c2fa3d9e513 */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 262144 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "priceMinor": 1350
                 *     }
                 */
                "application/json": components["schemas"]["ProductChanges"];
            };
        };
        responses: {
            /** @description The changed product */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Product"];
                    };
                };
            };
            400: components["responses"]["IF_MATCH_MALFORMED-or-MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            /**
             * @description `IMAGE_UNKNOWN`: There is no such image for this purpose
             *
             *     `OPTION_IN_USE`: Variants use the options
             *
             *     `PARENT_NOT_ACTIVE`: The product with the options is not active
             *
             *     `PRODUCT_HAS_NO_OPTIONS`: The product has no options
             *
             *     `SKU_TAKEN`: Another product has this SKU
             *
             *     `SLUG_TAKEN`: Another product has this slug
             *
             *     `VARIANT_EXISTS`: Another variant has these option values
             */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ImageUnknownProblem"] | components["schemas"]["OptionInUseProblem"] | components["schemas"]["ParentNotActiveProblem"] | components["schemas"]["ProductHasNoOptionsProblem"] | components["schemas"]["SkuTakenProblem"] | components["schemas"]["SlugTakenProblem"] | components["schemas"]["VariantExistsProblem"];
                };
            };
            412: components["responses"]["PRECONDITION_FAILED"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["CATEGORY_NOT_FOUND-or-VALIDATION_FAILED"];
            428: components["responses"]["PRECONDITION_REQUIRED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    createProductVariants: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-2a31-7d22-9d2f-7c2fa3d9e513 */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 262144 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "variants": [
                 *         {
                 *           "optionValues": {
                 *             "Size": "XL"
                 *           },
                 *           "sku": "SHIRT-XL",
                 *           "stock": 12
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewProductVariants"];
            };
        };
        responses: {
            /** @description The product with all its variants */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Product"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            /**
             * @description `IMAGE_UNKNOWN`: There is no such image for this purpose
             *
             *     `PARENT_NOT_ACTIVE`: The product with the options is not active
             *
             *     `PRODUCT_HAS_NO_OPTIONS`: The product has no options
             *
             *     `SKU_TAKEN`: Another product has this SKU
             *
             *     `VARIANT_EXISTS`: Another variant has these option values
             */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ImageUnknownProblem"] | components["schemas"]["ParentNotActiveProblem"] | components["schemas"]["ProductHasNoOptionsProblem"] | components["schemas"]["SkuTakenProblem"] | components["schemas"]["VariantExistsProblem"];
                };
            };
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["TOO_MANY_VARIANTS-or-VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    createProductOptions: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag from the last response. Also a list of ETags, or * for any version. W/"n" counts as "n"
                 * @example "3"
                 */
                "If-Match": components["parameters"]["If-Match"];
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-2a31-7d22-9d2f-7c2fa3d9e513 */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 262144 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "options": [
                 *         "Size"
                 *       ],
                 *       "optionValues": {
                 *         "Size": "M"
                 *       },
                 *       "variants": [
                 *         {
                 *           "optionValues": {
                 *             "Size": "L"
                 *           },
                 *           "stock": 12
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ProductOptions"];
            };
        };
        responses: {
            /** @description The new product with the options */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Product"];
                    };
                };
            };
            400: components["responses"]["IF_MATCH_MALFORMED-or-MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            /**
             * @description `IMAGE_UNKNOWN`: There is no such image for this purpose
             *
             *     `PARENT_NOT_ACTIVE`: The product with the options is not active
             *
             *     `PRODUCT_HAS_OPTIONS`: The product has options or is a variant
             *
             *     `SKU_TAKEN`: Another product has this SKU
             *
             *     `VARIANT_EXISTS`: Another variant has these option values
             */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ImageUnknownProblem"] | components["schemas"]["ParentNotActiveProblem"] | components["schemas"]["ProductHasOptionsProblem"] | components["schemas"]["SkuTakenProblem"] | components["schemas"]["VariantExistsProblem"];
                };
            };
            412: components["responses"]["PRECONDITION_FAILED"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["TOO_MANY_VARIANTS-or-VALIDATION_FAILED"];
            428: components["responses"]["PRECONDITION_REQUIRED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    readShop: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The settings of the shop */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Shop"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    readSitemap: {
        parameters: {
            query?: {
                /** @description The pages of all categories, or of some products. The default is the index of these sitemaps */
                list?: "categories" | "products";
                /** @description Products after this id, as the index names it. Only with `list=products` */
                after?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sitemap */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/xml": string;
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listProductDeadLetters: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of dead letters */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DeadLetter"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getProductDeadLetter: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-5d60-7a51-8e9a-e39a1aeafc8a */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The dead letter */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DeadLetter"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    dropProductDeadLetter: {
        parameters: {
            query?: {
                /** @description true: also drop a message that is only parked */
                force?: boolean;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-5d60-7a51-8e9a-e39a1aeafc8a */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Dropped. Messages parked behind it stay parked */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["DEAD_LETTER_PARKED"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    replayProductDeadLetter: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-5d60-7a51-8e9a-e39a1aeafc8a */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The number of messages handled */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: int64 */
                            replayed: number;
                        };
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["DEAD_LETTER_STILL_FAILS"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listProductParkedEvents: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of parked events, without their values */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ParkedEvent"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getProductParkedEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-5d60-7a51-8e9a-e39a1aeafc8a */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The parked event */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ParkedEventDetails"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    dropProductParkedEvent: {
        parameters: {
            query?: {
                /** @description true: also drop an event that only waits behind a refused one */
                force?: boolean;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-5d60-7a51-8e9a-e39a1aeafc8a */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Dropped. Events that wait behind it still wait */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["PARKED_EVENT_WAITS"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    replayProductParkedEvents: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-5d60-7a51-8e9a-e39a1aeafc8a */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The number of events that the relay will publish, at most 10,000 per call. An event that is refused again is parked again */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: int64 */
                            replayed: number;
                        };
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listProductAuditEntries: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
                /** @description What this user did */
                actorId?: string;
                /** @description Such as user.disable */
                action?: string;
                /** @description What was done to the thing with this id */
                subject?: string;
                /** @description Done at or after this time; a date alone is midnight UTC */
                from?: string;
                /** @description Done before this time; a date alone is midnight UTC */
                to?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the audit log */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["AuditEntry"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listProductSwitches: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All switches, on or off */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Switch"][];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    setProductSwitch: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example pause-consumer */
                name: string;
            };
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "isOn": false,
                 *       "reason": "The cause is corrected"
                 *     }
                 */
                "application/json": {
                    /** @description true throws the switch, false takes it back */
                    isOn: boolean;
                    reason: string;
                    /**
                     * Format: date-time
                     * @description The switch ends by itself at this time. Only with isOn: true
                     */
                    until?: string;
                };
            };
        };
        responses: {
            /** @description The switch */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Switch"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getProductStatus: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The status */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ServiceStatus"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getMyWallet: {
        parameters: {
            query?: {
                /** @description The wallet's currency; by default the platform's */
                currency?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The wallet */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Wallet"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["NOT_FOUND-or-WALLET_NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getMyWalletBalance: {
        parameters: {
            query: {
                /** @description The wallet's currency; by default the platform's */
                currency?: string;
                /**
                 * @description The balance includes all entries booked up to this time, and in its millisecond
                 * @example 2026-11-27T12:00:00Z
                 */
                at: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The balance */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["WalletBalance"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["NOT_FOUND-or-WALLET_NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listMyWalletEntries: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
                /** @description The wallet's currency; by default the platform's */
                currency?: string;
                /** @description Booked at or after this time; a date alone is midnight UTC */
                from?: string;
                /** @description Booked before this time; a date alone is midnight UTC */
                to?: string;
                /** @description Only entries of transfers of this type */
                type?: "opening-credit" | "purchase" | "refund" | "top-up" | "adjustment" | "capture" | "partial-refund";
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of entries */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["WalletEntry"][];
                        page: {
                            /** Format: int64 */
                            limit: number;
                            /** @description `cursor` of the next page; null on the last page */
                            nextCursor: string | null;
                            /** @description With `from` or `to`: as for a balance at a time */
                            isFinal?: boolean;
                        };
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["WALLET_NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listWallets: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
                /**
                 * @description Only this user's wallets
                 * @example 01990b4e-1d20-7c11-8a4f-5a0de1b7c301
                 */
                userId?: string;
                /** @description Only wallets in this currency */
                currency?: string;
                /** @description Only wallets of this status */
                status?: "active" | "frozen";
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of wallets */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Wallet"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getWallet: {
        parameters: {
            query?: {
                /** @description The wallet's currency; by default the platform's */
                currency?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-1d20-7c11-8a4f-5a0de1b7c301 */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The wallet */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Wallet"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND-or-WALLET_NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getWalletBalance: {
        parameters: {
            query: {
                /** @description The wallet's currency; by default the platform's */
                currency?: string;
                /**
                 * @description The balance includes all entries booked up to this time, and in its millisecond
                 * @example 2026-11-27T12:00:00Z
                 */
                at: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-1d20-7c11-8a4f-5a0de1b7c301 */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The balance */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["WalletBalance"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND-or-WALLET_NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listWalletEntries: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
                /** @description The wallet's currency; by default the platform's */
                currency?: string;
                /** @description Booked at or after this time; a date alone is midnight UTC */
                from?: string;
                /** @description Booked before this time; a date alone is midnight UTC */
                to?: string;
                /** @description Only entries of transfers of this type */
                type?: "opening-credit" | "purchase" | "refund" | "top-up" | "adjustment" | "capture" | "partial-refund";
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-1d20-7c11-8a4f-5a0de1b7c301 */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of entries */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["WalletEntry"][];
                        page: {
                            /** Format: int64 */
                            limit: number;
                            /** @description `cursor` of the next page; null on the last page */
                            nextCursor: string | null;
                            /** @description With `from` or `to`: as for a balance at a time */
                            isFinal?: boolean;
                        };
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND-or-WALLET_NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    setWalletLimits: {
        parameters: {
            query?: {
                /** @description The wallet's currency; by default the platform's */
                currency?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-1d20-7c11-8a4f-5a0de1b7c301 */
                userId: string;
            };
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "creditLimitMinor": 10000,
                 *       "spendLimitMinor": 50000,
                 *       "dailyLimitMinor": null
                 *     }
                 */
                "application/json": components["schemas"]["WalletLimits"];
            };
        };
        responses: {
            /** @description The changed wallet */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Wallet"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN-or-OWN_ACCOUNT"];
            404: components["responses"]["NOT_FOUND-or-WALLET_NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["USER_ERASED-or-WALLET_FULL-or-WALLET_INSUFFICIENT_FUNDS"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    freezeWallet: {
        parameters: {
            query?: {
                /** @description The wallet's currency; by default the platform's */
                currency?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-1d20-7c11-8a4f-5a0de1b7c301 */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The changed wallet */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Wallet"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND-or-WALLET_NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    unfreezeWallet: {
        parameters: {
            query?: {
                /** @description The wallet's currency; by default the platform's */
                currency?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-1d20-7c11-8a4f-5a0de1b7c301 */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The changed wallet */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Wallet"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN-or-OWN_ACCOUNT"];
            404: components["responses"]["NOT_FOUND-or-WALLET_NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["USER_ERASED"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    createAdjustment: {
        parameters: {
            query?: {
                /** @description The wallet's currency; by default the platform's */
                currency?: string;
            };
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. A retry with the same key and the same request does nothing twice: it is answered 200 with Idempotent-Replayed: true. The same key with another request gets 422. Keys belong to the user who sends them: the same key sent by another user is another request
                 * @example 0b5a2f0e-7c1d-4f3b-9a55-2f8f5b9d6c10
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-1d20-7c11-8a4f-5a0de1b7c301 */
                userId: string;
            };
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "amountMinor": 5000,
                 *       "reason": "Goodwill for a late parcel"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: int64
                     * @description Signed: positive credits the wallet, negative debits it
                     */
                    amountMinor: number;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Requested before under this key (Idempotent-Replayed: true) */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Adjustment"];
                    };
                };
            };
            /** @description Adjusted */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Adjustment"];
                    };
                };
            };
            /** @description Pending: another admin approves or rejects it */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Adjustment"];
                    };
                };
            };
            400: components["responses"]["IDEMPOTENCY_KEY_REQUIRED-or-MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN-or-OWN_ACCOUNT"];
            404: components["responses"]["NOT_FOUND-or-WALLET_NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["WALLET_FULL-or-WALLET_INSUFFICIENT_FUNDS"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["IDEMPOTENCY_KEY_REUSED-or-VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listAdjustments: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
                /**
                 * @description Only adjustments of this status
                 * @example pending
                 */
                status?: "pending" | "approved" | "rejected";
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of adjustments */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Adjustment"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    approveAdjustment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-4c52-7f43-8c7e-c17ef8ceda68 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The adjustment is approved, by this request or an earlier one */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Adjustment"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN-or-OWN_ACCOUNT-or-REQUESTED_BY_YOU"];
            404: components["responses"]["NOT_FOUND-or-WALLET_NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["INVALID_TRANSITION-or-WALLET_FULL-or-WALLET_INSUFFICIENT_FUNDS"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    rejectAdjustment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-4c52-7f43-8c7e-c17ef8ceda68 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The adjustment is rejected, by this request or an earlier one */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Adjustment"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN-or-OWN_ACCOUNT-or-REQUESTED_BY_YOU"];
            404: components["responses"]["NOT_FOUND-or-WALLET_NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["INVALID_TRANSITION"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    placeHold: {
        parameters: {
            query?: {
                /** @description The wallet's currency; by default the platform's */
                currency?: string;
            };
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. A retry with the same key and the same request does nothing twice: it is answered 200 with Idempotent-Replayed: true. The same key with another request gets 422. Keys belong to the user who sends them: the same key sent by another user is another request
                 * @example 0b5a2f0e-7c1d-4f3b-9a55-2f8f5b9d6c10
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-1d20-7c11-8a4f-5a0de1b7c301 */
                userId: string;
            };
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "amountMinor": 1500,
                 *       "ttlSeconds": 3600
                 *     }
                 */
                "application/json": components["schemas"]["NewHold"];
            };
        };
        responses: {
            /** @description Placed before under this key (Idempotent-Replayed: true) */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Hold"];
                    };
                };
            };
            /** @description Placed */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Hold"];
                    };
                };
            };
            400: components["responses"]["IDEMPOTENCY_KEY_REQUIRED-or-MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN-or-OWN_ACCOUNT"];
            404: components["responses"]["NOT_FOUND-or-WALLET_NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["WALLET_FROZEN-or-WALLET_FULL-or-WALLET_INSUFFICIENT_FUNDS"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["IDEMPOTENCY_KEY_REUSED-or-VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-4c50-7f41-8a5c-af5cd6acb846 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The hold */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Hold"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listHolds: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
                /**
                 * @description Only holds of this status
                 * @example held
                 */
                status?: "held" | "captured" | "released" | "expired";
                /** @description Placed at or after this time; a date alone is midnight UTC */
                from?: string;
                /** @description Placed before this time; a date alone is midnight UTC */
                to?: string;
                /** @description Only this user's holds */
                userId?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of holds. With several filters it may be shorter than its limit although page.nextCursor is set */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Hold"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listMyHolds: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
                /** @description Only holds of this status */
                status?: "held" | "captured" | "released" | "expired";
                /** @description Placed at or after this time; a date alone is midnight UTC */
                from?: string;
                /** @description Placed before this time; a date alone is midnight UTC */
                to?: string;
                /** @description The wallet's currency; by default the platform's */
                currency?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of holds. With several filters it may be shorter than its limit although page.nextCursor is set */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Hold"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["WALLET_NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    captureHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-4c50-7f41-8a5c-af5cd6acb846 */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "amountMinor": 1200
                 *     }
                 */
                "application/json": components["schemas"]["HoldCapture"];
            };
        };
        responses: {
            /** @description Captured, now or before */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Hold"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN-or-OWN_ACCOUNT"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["CAPTURE_EXCEEDS_HOLD-or-INVALID_TRANSITION"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    releaseHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-4c50-7f41-8a5c-af5cd6acb846 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Released, now or before */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Hold"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN-or-OWN_ACCOUNT"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["INVALID_TRANSITION"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listTopUps: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
                /** @description The wallet's currency; by default the platform's */
                currency?: string;
                /** @description Only top-ups of this status */
                status?: "pending" | "settled" | "failed";
                /** @description Begun at or after this time; a date alone is midnight UTC */
                from?: string;
                /** @description Begun before this time; a date alone is midnight UTC */
                to?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of top-ups. With a status it may be shorter than its limit although page.nextCursor is set */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["TopUp"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["WALLET_NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    createTopUp: {
        parameters: {
            query?: {
                /** @description The wallet's currency; by default the platform's */
                currency?: string;
            };
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. A retry with the same key and the same request does nothing twice: it is answered 200 with Idempotent-Replayed: true. The same key with another request gets 422. Keys belong to the user who sends them: the same key sent by another user is another request
                 * @example 0b5a2f0e-7c1d-4f3b-9a55-2f8f5b9d6c10
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "amountMinor": 2500
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: int64
                     * @description With the sandbox provider the last two digits choose the outcome: 01 fails; 02 stays pending, then settles; 03 is reported twice; 04 settles, then an older report arrives; 05 gets no answer at first; others settle at once
                     */
                    amountMinor: number;
                };
            };
        };
        responses: {
            /** @description Begun before under this key (Idempotent-Replayed: true) */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["TopUp"];
                    };
                };
            };
            /** @description Settled, failed or pending. Read a pending top-up again later */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["TopUp"];
                    };
                };
            };
            400: components["responses"]["IDEMPOTENCY_KEY_REQUIRED-or-MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["WALLET_NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["WALLET_FROZEN-or-WALLET_FULL-or-WALLET_INSUFFICIENT_FUNDS"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["IDEMPOTENCY_KEY_REUSED-or-VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["TOP_UPS_UNAVAILABLE-or-UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getTopUp: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-4c51-7f42-9b6d-b06de7bdc957 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The top-up */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["TopUp"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getMyStatement: {
        parameters: {
            query?: {
                /** @description The wallet's currency; by default the platform's */
                currency?: string;
                /**
                 * @description By default html if Accept prefers it, else csv
                 * @example csv
                 */
                format?: "csv" | "html";
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /**
                 * @description A month in UTC, such as 2026-11
                 * @example 2026-11
                 */
                month: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The opening balance, the entries, oldest first, and the closing balance. The header Florin-Is-Final is false while the month is not over, and while the last entry of the wallet is booked ahead of the clock */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Florin-Is-Final": components["headers"]["Florin-Is-Final"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "text/html": string;
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["NOT_FOUND-or-WALLET_NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getStatement: {
        parameters: {
            query?: {
                /** @description The wallet's currency; by default the platform's */
                currency?: string;
                /**
                 * @description By default html if Accept prefers it, else csv
                 * @example csv
                 */
                format?: "csv" | "html";
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-1d20-7c11-8a4f-5a0de1b7c301 */
                userId: string;
                /**
                 * @description A month in UTC, such as 2026-11
                 * @example 2026-11
                 */
                month: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The opening balance, the entries, oldest first, and the closing balance. The header Florin-Is-Final is false while the month is not over, and while the last entry of the wallet is booked ahead of the clock */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Florin-Is-Final": components["headers"]["Florin-Is-Final"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "text/html": string;
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND-or-WALLET_NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listPayments: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
                /**
                 * @description Only the purchase's payment
                 * @example 01990b4e-3b40-7e31-9f4b-9e4bc5fba735
                 */
                purchaseId?: string;
                /** @description Only this user's payments; for staff */
                userId?: string;
                /** @description Only payments of this status */
                status?: "charged" | "declined" | "voided" | "refunded";
                /** @description Decided at or after this time; a date alone is midnight UTC */
                from?: string;
                /** @description Decided before this time; a date alone is midnight UTC */
                to?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of payments. With a user and a status or time it may be shorter than its limit although page.nextCursor is set */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Payment"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    explainPayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-4c53-7f44-9d8f-d28f09dfeb79 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The explanation */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PaymentExplanation"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    auditLedger: {
        parameters: {
            query?: {
                /**
                 * @description Only this user's wallets
                 * @example 01990b4e-1d20-7c11-8a4f-5a0de1b7c301
                 */
                userId?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts and mismatches */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["LedgerAudit"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getTrialBalance: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the accounts as of one moment. Totals and snapshot are those of all accounts */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["TrialBalance"];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listPaymentDeadLetters: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of dead letters */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DeadLetter"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getPaymentDeadLetter: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-5d60-7a51-8e9a-e39a1aeafc8a */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The dead letter */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DeadLetter"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    dropPaymentDeadLetter: {
        parameters: {
            query?: {
                /** @description true: also drop a message that is only parked */
                force?: boolean;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-5d60-7a51-8e9a-e39a1aeafc8a */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Dropped. Messages parked behind it stay parked */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["DEAD_LETTER_PARKED"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    replayPaymentDeadLetter: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-5d60-7a51-8e9a-e39a1aeafc8a */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The number of messages handled */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: int64 */
                            replayed: number;
                        };
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["DEAD_LETTER_STILL_FAILS"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listPaymentParkedEvents: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of parked events, without their values */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ParkedEvent"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getPaymentParkedEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-5d60-7a51-8e9a-e39a1aeafc8a */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The parked event */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ParkedEventDetails"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    dropPaymentParkedEvent: {
        parameters: {
            query?: {
                /** @description true: also drop an event that only waits behind a refused one */
                force?: boolean;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-5d60-7a51-8e9a-e39a1aeafc8a */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Dropped. Events that wait behind it still wait */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["PARKED_EVENT_WAITS"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    replayPaymentParkedEvents: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-5d60-7a51-8e9a-e39a1aeafc8a */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The number of events that the relay will publish, at most 10,000 per call. An event that is refused again is parked again */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: int64 */
                            replayed: number;
                        };
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listPaymentAuditEntries: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
                /** @description What this user did */
                actorId?: string;
                /** @description Such as user.disable */
                action?: string;
                /** @description What was done to the thing with this id */
                subject?: string;
                /** @description Done at or after this time; a date alone is midnight UTC */
                from?: string;
                /** @description Done before this time; a date alone is midnight UTC */
                to?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the audit log */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["AuditEntry"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listPaymentSwitches: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All switches, on or off */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Switch"][];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    setPaymentSwitch: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example pause-consumer */
                name: string;
            };
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "isOn": false,
                 *       "reason": "The cause is corrected"
                 *     }
                 */
                "application/json": {
                    /** @description true throws the switch, false takes it back */
                    isOn: boolean;
                    reason: string;
                    /**
                     * Format: date-time
                     * @description The switch ends by itself at this time. Only with isOn: true
                     */
                    until?: string;
                };
            };
        };
        responses: {
            /** @description The switch */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Switch"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getPaymentStatus: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The status */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ServiceStatus"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    uploadImage: {
        parameters: {
            query?: {
                /** @description Of an image that is sent as bytes. JSON has it in the body */
                purpose?: "product" | "claim";
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 14680064 bytes of JSON, or 10485760 bytes of another type */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "purpose": "claim",
                 *       "dataUrl": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
                 *     }
                 */
                "application/json": {
                    /** @enum {string} */
                    purpose: "product" | "claim";
                    /** @description The image as a data URL (RFC 2397) in base64, of at most 10 MiB of bytes */
                    dataUrl: string;
                };
                "image/jpeg": string;
                "image/png": string;
                "image/webp": string;
                "image/avif": string;
            };
        };
        responses: {
            /** @description You have uploaded the same bytes before */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Image"];
                    };
                };
            };
            /** @description The image as it is stored */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Image"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            /**
             * @description `IMAGE_TOO_COMPLEX`: The image takes too long or too much memory to decode
             *
             *     `IMAGE_TOO_MANY_PIXELS`: The image has too many pixels
             *
             *     `IMAGE_TYPE_MISMATCH`: The file is of another type than its media type says
             *
             *     `IMAGE_UNREADABLE`: The file is no readable image
             *
             *     `IMAGE_WITH_OTHER_CONTENT`: The file is an image and something else
             *
             *     `VALIDATION_FAILED`: The request does not match its schema
             */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ImageTooComplexProblem"] | components["schemas"]["ImageTooManyPixelsProblem"] | components["schemas"]["ImageTypeMismatchProblem"] | components["schemas"]["ImageUnreadableProblem"] | components["schemas"]["ImageWithOtherContentProblem"] | components["schemas"]["ValidationFailedProblem"];
                };
            };
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getImage: {
        parameters: {
            query?: {
                /**
                 * @description In pixels; a smaller image keeps its own width. Default: the width of the image
                 * @example 320
                 */
                width?: 160 | 320 | 640 | 1280;
                /** @description dataUrl: JSON with the image as a data URL, for pages that need a token to read it */
                format?: "bytes" | "dataUrl";
            };
            header?: {
                /** @description The `ETag` of a stored answer. If it is that of the image, the answer is 304 without a body */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-7f80-7c71-8a0b-06bc3c0c1ead */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The image */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ImageData"];
                    };
                    "image/avif": string;
                    "image/webp": string;
                    "image/jpeg": string;
                };
            };
            /** @description The stored answer is still right */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listMediaDeadLetters: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of dead letters */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DeadLetter"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getMediaDeadLetter: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-5d60-7a51-8e9a-e39a1aeafc8a */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The dead letter */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DeadLetter"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    dropMediaDeadLetter: {
        parameters: {
            query?: {
                /** @description true: also drop a message that is only parked */
                force?: boolean;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-5d60-7a51-8e9a-e39a1aeafc8a */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Dropped. Messages parked behind it stay parked */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["DEAD_LETTER_PARKED"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    replayMediaDeadLetter: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-5d60-7a51-8e9a-e39a1aeafc8a */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The number of messages handled */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: int64 */
                            replayed: number;
                        };
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["DEAD_LETTER_STILL_FAILS"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listMediaParkedEvents: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of parked events, without their values */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ParkedEvent"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getMediaParkedEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-5d60-7a51-8e9a-e39a1aeafc8a */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The parked event */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ParkedEventDetails"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    dropMediaParkedEvent: {
        parameters: {
            query?: {
                /** @description true: also drop an event that only waits behind a refused one */
                force?: boolean;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-5d60-7a51-8e9a-e39a1aeafc8a */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Dropped. Events that wait behind it still wait */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            409: components["responses"]["PARKED_EVENT_WAITS"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    replayMediaParkedEvents: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example 01990b4e-5d60-7a51-8e9a-e39a1aeafc8a */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The number of events that the relay will publish, at most 10,000 per call. An event that is refused again is parked again */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: int64 */
                            replayed: number;
                        };
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listMediaAuditEntries: {
        parameters: {
            query?: {
                /** @description How many at most */
                limit?: number;
                /** @description page.nextCursor of the page before */
                cursor?: string;
                /** @description What this user did */
                actorId?: string;
                /** @description Such as user.disable */
                action?: string;
                /** @description What was done to the thing with this id */
                subject?: string;
                /** @description Done at or after this time; a date alone is midnight UTC */
                from?: string;
                /** @description Done before this time; a date alone is midnight UTC */
                to?: string;
            };
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the audit log */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["AuditEntry"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listMediaSwitches: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All switches, on or off */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Switch"][];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    setMediaSwitch: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @example pause-consumer */
                name: string;
            };
            cookie?: never;
        };
        /** @description At most 32768 bytes */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "isOn": false,
                 *       "reason": "The cause is corrected"
                 *     }
                 */
                "application/json": {
                    /** @description true throws the switch, false takes it back */
                    isOn: boolean;
                    reason: string;
                    /**
                     * Format: date-time
                     * @description The switch ends by itself at this time. Only with isOn: true
                     */
                    until?: string;
                };
            };
        };
        responses: {
            /** @description The switch */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Switch"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            404: components["responses"]["NOT_FOUND"];
            408: components["responses"]["REQUEST_TIMEOUT"];
            413: components["responses"]["PAYLOAD_TOO_LARGE"];
            415: components["responses"]["UNSUPPORTED_MEDIA_TYPE"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getMediaStatus: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's own id of the request, which logs keep beside the service's id. Other values are ignored */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The status */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ServiceStatus"];
                    };
                };
            };
            400: components["responses"]["MALFORMED_JSON-or-MALFORMED_REQUEST"];
            401: components["responses"]["UNAUTHENTICATED"];
            403: components["responses"]["FORBIDDEN"];
            422: components["responses"]["VALIDATION_FAILED"];
            429: components["responses"]["RATE_LIMITED"];
            500: components["responses"]["INTERNAL_ERROR"];
            503: components["responses"]["UNAVAILABLE"];
            default: components["responses"]["OtherProblem"];
        };
    };
}
