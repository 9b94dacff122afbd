export { ElasticIp, type ElasticIpProps } from "./elastic-ip";
