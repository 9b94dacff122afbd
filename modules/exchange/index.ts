export { Publication, type PublicationProps, Subscription, type SubscriptionProps } from "./exchange";
