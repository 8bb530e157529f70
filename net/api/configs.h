/* net/api/configs.h - what the config APIs share. */
#ifndef MR_API_CONFIGS_H
#define MR_API_CONFIGS_H

/* Resource types on the wire (KIP-133, KIP-412, KIP-714, KIP-848). */
enum api_resource {
    RESOURCE_TOPIC = 2,
    RESOURCE_BROKER = 4,
    RESOURCE_LOGGER = 8,
    RESOURCE_METRICS = 16,
    RESOURCE_GROUP = 32,
};

#endif
