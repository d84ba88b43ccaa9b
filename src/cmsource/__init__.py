"""cmsource: who should run your social-media presence, and what will it cost and cover?"""
