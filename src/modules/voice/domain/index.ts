export { namesCustomer } from './names-customer.ts';
