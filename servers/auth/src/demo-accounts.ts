/** The accounts that development starts with. Production never creates them. */
export const demoAccounts = {
  buyer: { email: 'buyer@florin.example', password: 'buyer-in-development', name: 'Bea Buyer' },
  staff: { email: 'staff@florin.example', password: 'staff-in-development', name: 'Sam Staff' },
  admin: { email: 'admin@florin.example', password: 'admin-in-development', name: 'Ada Admin' },
} as const;
