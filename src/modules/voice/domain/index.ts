export { type CustomerTraits, namesCustomer } from './names-customer.ts';
